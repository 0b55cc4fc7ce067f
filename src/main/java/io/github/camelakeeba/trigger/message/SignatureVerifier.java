package io.github.camelakeeba.trigger.message;

import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.signature.StandardWebhooksSignature;
import io.github.camelakeeba.signature.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the sender of a message proves that it knows the trigger's secret: by a header with the
 * secret itself, by one with an HMAC of the body, or, when no header is named, by {@link
 * WebhookSignature} or {@link StandardWebhooksSignature}. Messages of a broker carry the header as
 * a property.
 */
public final class SignatureVerifier {
  private static final Pattern HMAC = Pattern.compile("(?:sha256=)?([0-9A-Fa-f]{64})");

  /** How Artemis hands MQTT's user properties on: with their place in front of the name. */
  private static final Pattern MQTT_PROPERTY_PREFIX =
      Pattern.compile("mqtt\\.ordered\\.user\\.property\\.\\d+\\.");

  private SignatureVerifier() {}

  /** The headers that the trigger asks for; the others are null. {@code standard} has all three. */
  record Credentials(
      String token,
      String signature,
      String backupSignature,
      StandardWebhooksSignature.Headers standard) {}

  public static Credentials readCredentials(Trigger trigger, Map<String, Object> headers) {
    SignatureSettings signing = trigger.signing();
    boolean named = trigger.tokenHeader() != null || trigger.signatureHeader() != null;
    boolean signed = signing.secret() != null && !named;
    return new Credentials(
        trigger.tokenHeader() == null ? null : header(headers, trigger.tokenHeader()),
        trigger.signatureHeader() == null ? null : header(headers, trigger.signatureHeader()),
        signed && signing.form().backup() ? header(headers, WebhookSignature.HEADER) : null,
        signed && signing.form().standard() ? standard(headers) : null);
  }

  private static StandardWebhooksSignature.Headers standard(Map<String, Object> headers) {
    StandardWebhooksSignature.Headers found =
        new StandardWebhooksSignature.Headers(
            header(headers, StandardWebhooksSignature.ID_HEADER),
            header(headers, StandardWebhooksSignature.TIMESTAMP_HEADER),
            header(headers, StandardWebhooksSignature.SIGNATURE_HEADER));
    return found.complete() ? found : null;
  }

  /**
   * Throws {@link RunRefusedException} unless the sender proves that it knows the trigger's secret,
   * without a reason, and in the same time wherever the proof differs.
   */
  public static void check(Trigger trigger, InboundMessage message, Instant now) {
    if (trigger.secret() != null && !verify(trigger, message.credentials(), message.body(), now)) {
      throw new RunRefusedException(
          Reason.UNPROVEN, "the sender has not proved that it knows the trigger's secret");
    }
  }

  /** Whether this proves that the sender knows the trigger's secret; a null body proves nothing. */
  public static boolean verify(Trigger trigger, Credentials credentials, byte[] body, Instant now) {
    if (body == null) {
      return false;
    }
    if (credentials.standard() != null) {
      // by these the message is known, so these must hold, whatever else it has
      return StandardWebhooksSignature.verify(
          trigger.signing().secrets(), now, credentials.standard(), body);
    }
    boolean holds = false;
    for (Secret secret : trigger.signing().secrets()) {
      holds |= verify(trigger, secret, credentials, body, now);
    }
    return holds;
  }

  private static boolean verify(
      Trigger trigger, Secret secret, Credentials credentials, byte[] body, Instant now) {
    if (trigger.tokenHeader() != null) {
      return credentials.token() != null
          && MessageDigest.isEqual(
              secret.reveal().getBytes(StandardCharsets.UTF_8),
              credentials.token().getBytes(StandardCharsets.UTF_8));
    }
    if (trigger.signatureHeader() == null) {
      return credentials.backupSignature() != null
          && WebhookSignature.verify(secret, now, credentials.backupSignature(), body);
    }
    Matcher form = HMAC.matcher(credentials.signature() == null ? "" : credentials.signature());
    return form.matches()
        && MessageDigest.isEqual(
            WebhookSignature.hmac(secret, body), HexFormat.of().parseHex(form.group(1)));
  }

  /** The only header of this name, in any case; two of them prove nothing. */
  private static String header(Map<String, Object> headers, String name) {
    List<Object> values =
        headers.entrySet().stream()
            .filter(header -> normalized(header.getKey()).equals(normalized(name)))
            .map(Map.Entry::getValue)
            .filter(Objects::nonNull)
            .toList();
    return values.size() == 1 ? text(values.get(0)) : null;
  }

  /** A JMS property can't have a hyphen in its name, and brokers write {@code _} or this word. */
  private static String normalized(String name) {
    return MQTT_PROPERTY_PREFIX
        .matcher(name)
        .replaceFirst("")
        .toLowerCase(Locale.ROOT)
        .replace("_hyphen_", "-")
        .replace('_', '-');
  }

  /** Kafka's headers are bytes. */
  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : value instanceof String text ? text : null;
  }
}
