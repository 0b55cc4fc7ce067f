package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.SampleMessages;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.Service;
import java.time.Clock;

/** Sends messages to one channel by the shipped routes; nothing is stored or retried. */
public final class ChannelClient {
  private final Service service;
  private final Channel channel;

  public ChannelClient(Service service, Channel channel) {
    this.service = service;
    this.channel = channel;
  }

  /** Messages that are marked as tests, as if they were of this site; null: of none. */
  public SampleMessages samples(Site site) {
    String node = service.beans().heartbeat().node().replaceFirst("/.*", "");
    return new SampleMessages(site, node, service.beans().source(), Clock.systemUTC());
  }

  /** Null: accepted; else the reason. */
  public String send(Notification message) {
    String route = "backup-notify-" + channel.route();
    if (service.context().getRoute(route) == null) {
      return "there is no route " + route;
    }
    Delivery delivery = new Delivery(0, channel.name(), message, 0);
    Exception thrown =
        service
            .context()
            .createProducerTemplate()
            .request("direct:" + route, exchange -> exchange.getMessage().setBody(delivery))
            .getException();
    if (thrown == null) {
      return null;
    }
    String text = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    return UntrustedText.asReason(text);
  }
}
