package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.Notification;
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

/** A webhook: a CloudEvent, or the JSON of the user's template; signed when there is a secret. */
final class WebhookChannel implements HttpChannel {
  private final Channel.Webhook webhook;
  private final SecretUrl url;
  private final WebhookTemplate template;
  private final EventJson json;
  private final Clock clock;

  WebhookChannel(Channel.Webhook webhook, EventJson json, Clock clock) {
    this.webhook = webhook;
    this.url = SecretUrl.of(webhook.url());
    this.json = json;
    this.clock = clock;
    try {
      template = webhook.template() == null ? null : WebhookTemplate.load(webhook.template());
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          "config/sites.yaml: channels." + webhook.name() + ".template: " + e.getMessage());
    }
  }

  @Override
  public HttpDeliveryRequest toRequest(Notification message) {
    byte[] body = body(message).getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    webhook.headers().forEach((name, value) -> headers.put(name, value.reveal()));
    SignatureSettings signing = webhook.signing();
    List<Secret> secrets = signing.secrets();
    Instant now = clock.instant();
    if (!secrets.isEmpty() && signing.form().backup()) {
      headers.put(WebhookSignature.HEADER, WebhookSignature.sign(secrets, now, body));
    }
    if (!secrets.isEmpty() && signing.form().standard()) {
      String id = message.id().replace('.', '_');
      headers.putAll(StandardWebhooksSignature.sign(secrets, id, now, body));
    }
    String mediaType = template == null ? Event.MEDIA_TYPE : "application/json";
    return HttpDeliveryRequest.of(webhook, url, mediaType, headers, body);
  }

  private String body(Notification message) {
    try {
      return template == null ? json.write(message) : template.render(message);
    } catch (IllegalArgumentException e) {
      throw new DeliveryException(
          "webhook " + webhook.name() + ": its template does not work: " + e.getMessage());
    }
  }
}
