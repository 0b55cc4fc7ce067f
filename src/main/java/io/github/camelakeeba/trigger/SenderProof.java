package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.WebhookSignature;
import io.github.camelakeeba.site.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

  private final Secret secret;
  private final String tokenHeader;
  private final String signatureHeader;
  private final Clock clock;

  /** At most one of the two headers is named, the other is null. */
  SenderProof(Secret secret, String tokenHeader, String signatureHeader, Clock clock) {
    this.secret = secret;
    this.tokenHeader = tokenHeader;
    this.signatureHeader = signatureHeader;
    this.clock = clock;
  }

  /** Whether the message is from somebody who knows the secret; takes the same time either way. */
  boolean holds(Map<String, Object> headers, byte[] body) {
    if (tokenHeader != null) {
      byte[] wanted = secret.reveal().getBytes(StandardCharsets.UTF_8);
      byte[] given = header(headers, tokenHeader).orElse("").getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(wanted, given);
    }
    if (signatureHeader != null) {
      return header(headers, signatureHeader).filter(given -> signed(given, body)).isPresent();
    }
    return header(headers, WebhookSignature.HEADER)
        .filter(given -> WebhookSignature.holds(secret, clock.instant(), given, body))
        .isPresent();
  }

  private boolean signed(String given, byte[] body) {
    var form = HMAC.matcher(given);
    return form.matches()
        && MessageDigest.isEqual(
            WebhookSignature.hmac(secret, body), HexFormat.of().parseHex(form.group(1)));
  }

  /** The only header of this name, in any case; two of them prove nothing. */
  private static Optional<String> header(Map<String, Object> headers, String name) {
    String wanted = plain(name);
    String found = null;
    for (Map.Entry<String, Object> header : headers.entrySet()) {
      if (plain(MQTT.matcher(header.getKey()).replaceFirst("")).equals(wanted)) {
        if (found != null) {
          return Optional.empty();
        }
        found = text(header.getValue());
      }
    }
    return Optional.ofNullable(found);
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
