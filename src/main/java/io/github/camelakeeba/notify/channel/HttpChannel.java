package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.event.Notification;

/** A configured channel that is sent an HTTP POST. */
interface HttpChannel {
  HttpDeliveryRequest toRequest(Notification message);
}
