package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.WebhookSignature;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.site.Trigger;
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
 * header, by an HMAC of the body in one, or, when no header is named, by {@link WebhookSignature}.
 * Messages of a broker carry the header as a property.
 */
final class SenderProof {
  private static final Pattern HMAC = Pattern.compile("(?:sha256=)?([0-9A-Fa-f]{64})");

  /** How Artemis hands MQTT's user properties on: with their place in front of the name. */
  private static final Pattern MQTT = Pattern.compile("mqtt\\.ordered\\.user\\.property\\.\\d+\\.");

  private SenderProof() {}

  /** What the message has in the trigger's {@code tokenHeader}, or null. */
  static String token(Trigger trigger, Map<String, Object> headers) {
    return trigger.tokenHeader() == null ? null : header(headers, trigger.tokenHeader());
  }

  /** What it has in the trigger's {@code signatureHeader}, else in our own; or null. */
  static String signature(Trigger trigger, Map<String, Object> headers) {
    return trigger.signatureHeader() == null
        ? own(trigger, headers)
        : header(headers, trigger.signatureHeader());
  }

  /** Our own signature where the trigger asks for that, or null. */
  static String own(Trigger trigger, Map<String, Object> headers) {
    boolean ours =
        trigger.secret() != null
            && trigger.tokenHeader() == null
            && trigger.signatureHeader() == null;
    return ours ? header(headers, WebhookSignature.HEADER) : null;
  }

  /**
   * Throws {@link RunRefusedException} when the sender does not know the trigger's secret, without
   * a word on why; takes the same time wherever it differs. A trigger without one asks nobody.
   */
  static void check(Trigger trigger, Arrival arrival, Instant now) {
    if (trigger.secret() != null && !holds(trigger, arrival, now)) {
      throw new RunRefusedException(
          Reason.UNPROVEN, "the sender has not proved that it knows the trigger's secret");
    }
  }

  private static boolean holds(Trigger trigger, Arrival arrival, Instant now) {
    String given = trigger.tokenHeader() == null ? arrival.signature() : arrival.token();
    if (given == null || arrival.body() == null) {
      return false;
    }
    if (trigger.tokenHeader() != null) {
      return MessageDigest.isEqual(
          trigger.secret().reveal().getBytes(StandardCharsets.UTF_8),
          given.getBytes(StandardCharsets.UTF_8));
    }
    if (trigger.signatureHeader() == null) {
      return WebhookSignature.holds(trigger.secret(), now, given, arrival.body());
    }
    Matcher form = HMAC.matcher(given);
    return form.matches()
        && MessageDigest.isEqual(
            WebhookSignature.hmac(trigger.secret(), arrival.body()),
            HexFormat.of().parseHex(form.group(1)));
  }

  /** The only header of this name, in any case; two of them prove nothing. */
  private static String header(Map<String, Object> headers, String name) {
    String wanted = plain(name);
    Object found = null;
    for (Map.Entry<String, Object> header : headers.entrySet()) {
      if (plain(MQTT.matcher(header.getKey()).replaceFirst("")).equals(wanted)) {
        if (found != null) {
          return null;
        }
        found = header.getValue();
      }
    }
    return text(found);
  }

  /** A JMS property can't have a hyphen in its name, and brokers write {@code _} or this word. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("_hyphen_", "-").replace('_', '-');
  }

  /** Kafka's headers are bytes. */
  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : value instanceof String text ? text : null;
  }
}
