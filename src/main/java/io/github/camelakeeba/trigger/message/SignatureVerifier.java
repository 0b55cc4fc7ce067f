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
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the sender of a message proves that it knows the trigger's secret: by the secret itself in a
 * header, by an HMAC of the body in one, or, when no header is named, by {@link WebhookSignature}
 * or {@link StandardWebhooksSignature}. Messages of a broker carry the header as a property.
 */
public final class SignatureVerifier {
  private static final Pattern HMAC = Pattern.compile("(?:sha256=)?([0-9A-Fa-f]{64})");

  /** How Artemis hands MQTT's user properties on: with their place in front of the name. */
  private static final Pattern MQTT_PROPERTY_PREFIX =
      Pattern.compile("mqtt\\.ordered\\.user\\.property\\.\\d+\\.");

  private SignatureVerifier() {}

  /**
   * What the headers of a message have for the trigger; what it does not ask for is null.
   *
   * @param token the value of its {@code tokenHeader}
   * @param signature the value of its {@code signatureHeader}
   * @param backupSignature the value of our own header
   * @param standard the headers of Standard Webhooks, where all three are there
   */
  record Credentials(
      String token,
      String signature,
      String backupSignature,
      StandardWebhooksSignature.Headers standard) {}

  /** What these headers have for this trigger. */
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
    StandardWebhooksSignature.Headers given =
        new StandardWebhooksSignature.Headers(
            header(headers, StandardWebhooksSignature.ID_HEADER),
            header(headers, StandardWebhooksSignature.TIMESTAMP_HEADER),
            header(headers, StandardWebhooksSignature.SIGNATURE_HEADER));
    return given.complete() ? given : null;
  }

  /**
   * Throws {@link RunRefusedException} when the sender does not know the trigger's secret, without
   * a word on why; takes the same time wherever it differs. A trigger without one asks nobody.
   */
  public static void check(Trigger trigger, InboundMessage arrival, Instant now) {
    if (trigger.secret() != null && !verify(trigger, arrival.credentials(), arrival.body(), now)) {
      throw new RunRefusedException(
          Reason.UNPROVEN, "the sender has not proved that it knows the trigger's secret");
    }
  }

  /** Whether this proves that the sender knows the trigger's secret; a null body proves nothing. */
  public static boolean verify(Trigger trigger, Credentials given, byte[] body, Instant now) {
    if (body == null) {
      return false;
    }
    if (given.standard() != null) {
      // by these the message is known, so these must hold, whatever else it has
      return StandardWebhooksSignature.verify(
          trigger.signing().secrets(), now, given.standard(), body);
    }
    boolean holds = false;
    for (Secret secret : trigger.signing().secrets()) {
      holds |= verify(trigger, secret, given, body, now);
    }
    return holds;
  }

  private static boolean verify(
      Trigger trigger, Secret secret, Credentials given, byte[] body, Instant now) {
    if (trigger.tokenHeader() != null) {
      return given.token() != null
          && MessageDigest.isEqual(
              secret.reveal().getBytes(StandardCharsets.UTF_8),
              given.token().getBytes(StandardCharsets.UTF_8));
    }
    if (trigger.signatureHeader() == null) {
      return given.backupSignature() != null
          && WebhookSignature.verify(secret, now, given.backupSignature(), body);
    }
    Matcher form = HMAC.matcher(given.signature() == null ? "" : given.signature());
    return form.matches()
        && MessageDigest.isEqual(
            WebhookSignature.hmac(secret, body), HexFormat.of().parseHex(form.group(1)));
  }

  /** The only header of this name, in any case; two of them prove nothing. */
  private static String header(Map<String, Object> headers, String name) {
    String wanted = normalized(name);
    Object found = null;
    for (Map.Entry<String, Object> header : headers.entrySet()) {
      if (normalized(MQTT_PROPERTY_PREFIX.matcher(header.getKey()).replaceFirst(""))
          .equals(wanted)) {
        if (found != null) {
          return null;
        }
        found = header.getValue();
      }
    }
    return text(found);
  }

  /** A JMS property can't have a hyphen in its name, and brokers write {@code _} or this word. */
  private static String normalized(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_hyphen_", "-").replace('_', '-');
  }

  /** Kafka's headers are bytes. */
  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : value instanceof String text ? text : null;
  }
}
