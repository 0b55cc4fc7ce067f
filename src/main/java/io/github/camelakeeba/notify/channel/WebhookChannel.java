package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.signature.StandardWebhooksSignature;
import io.github.camelakeeba.signature.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is posted to the webhook of a delivery. */
public final class WebhookChannel {
  private final Map<String, Receiver> receivers = new LinkedHashMap<>();
  private final Clock clock;
  private final EventJson json = new EventJson();

  /** A webhook, and the template of its body or null. */
  private record Receiver(Channel.Webhook webhook, SecretUrl address, WebhookTemplate template) {}

  /**
   * For the webhooks among these channels; a {@link ConfigurationException} when a template of
   * theirs does not work.
   */
  public WebhookChannel(Map<String, Channel> channels, Clock clock) {
    this.clock = clock;
    for (Channel channel : channels.values()) {
      if (channel instanceof Channel.Webhook webhook) {
        receivers.put(
            webhook.name(), new Receiver(webhook, SecretUrl.of(webhook.url()), template(webhook)));
      }
    }
  }

  /** The call; a {@link DeliveryException} when the channel is no (longer a) webhook. */
  public HttpDeliveryRequest toRequest(Delivery delivery) {
    Receiver receiver = receivers.get(delivery.channel());
    if (receiver == null) {
      throw new DeliveryException(
          "channel " + delivery.channel() + ": is not configured as a webhook any more");
    }
    byte[] body = body(receiver, delivery.message()).getBytes(StandardCharsets.UTF_8);
    return new HttpDeliveryRequest(
        "webhook",
        delivery.channel(),
        receiver.address().reveal(),
        headers(receiver, delivery.message().id(), body),
        body);
  }

  private String body(Receiver receiver, Notification message) {
    if (receiver.template() == null) {
      return json.write(message);
    }
    try {
      return receiver.template().render(message);
    } catch (IllegalArgumentException e) {
      throw new DeliveryException(
          "webhook "
              + receiver.webhook().name()
              + ": its template does not work: "
              + e.getMessage());
    }
  }

  private Map<String, String> headers(Receiver receiver, String id, byte[] body) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put(
        "Content-Type",
        receiver.template() == null
            ? Event.MEDIA_TYPE + "; charset=UTF-8"
            : HttpDeliveryRequest.JSON_MEDIA_TYPE);
    if (receiver.address().authorization() != null) {
      headers.put("Authorization", receiver.address().authorization());
    }
    receiver.webhook().headers().forEach((name, value) -> headers.put(name, value.reveal()));
    headers.putAll(signature(receiver.webhook().signing(), id, body));
    return headers;
  }

  private Map<String, String> signature(SignatureSettings signing, String id, byte[] body) {
    Map<String, String> headers = new LinkedHashMap<>();
    List<Secret> secrets = signing.secrets();
    Instant now = clock.instant();
    if (!secrets.isEmpty() && signing.form().backup()) {
      headers.put(WebhookSignature.HEADER, WebhookSignature.sign(secrets, now, body));
    }
    if (!secrets.isEmpty() && signing.form().standard()) {
      headers.putAll(StandardWebhooksSignature.sign(secrets, id.replace('.', '_'), now, body));
    }
    return headers;
  }

  private static WebhookTemplate template(Channel.Webhook webhook) {
    try {
      return webhook.template() == null ? null : WebhookTemplate.load(webhook.template());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "config/sites.yaml: channels." + webhook.name() + ".template: " + e.getMessage());
    }
  }
}
