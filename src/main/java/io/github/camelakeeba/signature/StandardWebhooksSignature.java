package io.github.camelakeeba.signature;

import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signatures as the specification Standard Webhooks 1.0.0 has them: HMAC-SHA256 of the message's
 * id, a dot, the seconds since 1970, a dot and the body, in Base64 behind {@code v1,}.
 */
public final class StandardWebhooksSignature {
  public static final String ID_HEADER = "webhook-id"; // the same however often it is sent
  public static final String TIMESTAMP_HEADER = "webhook-timestamp"; // seconds since 1970
  public static final String SIGNATURE_HEADER = "webhook-signature"; // a blank between two
  private static final String VERSION = "v1,";
  private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
  private static final int MAX_SIGNATURES = 20; // each costs a comparison

  private StandardWebhooksSignature() {}

  /** The three headers of a message; null: it has none. */
  public record Headers(String id, String timestamp, String signature) {
    public boolean complete() {
      return id != null && !id.isEmpty() && timestamp != null && signature != null;
    }
  }

  /**
   * @param secrets each gives a signature, so that a receiver may know the old one or the new one
   * @param id without a dot, which would make two messages of one signature
   */
  public static Map<String, String> sign(
      List<Secret> secrets, String id, Instant now, byte[] body) {
    String timestamp = String.valueOf(now.getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(ID_HEADER, id);
    headers.put(TIMESTAMP_HEADER, timestamp);
    headers.put(
        SIGNATURE_HEADER,
        secrets.stream()
            .map(secret -> Base64.getEncoder().encodeToString(hmac(secret, id, timestamp, body)))
            .map(VERSION::concat)
            .collect(Collectors.joining(" ")));
    return headers;
  }

  /** Whether one of the signatures was made with one of these keys, at most 5 minutes ago. */
  public static boolean verify(List<Secret> secrets, Instant now, Headers headers, byte[] body) {
    if (!headers.complete() || !SECONDS.matcher(headers.timestamp()).matches()) {
      return false;
    }
    long age = now.getEpochSecond() - Long.parseLong(headers.timestamp());
    if (Math.abs(age) > WebhookSignature.TOLERANCE.toSeconds()) {
      return false;
    }
    String[] given = headers.signature().split(" ", MAX_SIGNATURES + 1);
    boolean matches = false;
    for (Secret secret : secrets) {
      byte[] expected = hmac(secret, headers.id(), headers.timestamp(), body);
      for (int i = 0; i < Math.min(given.length, MAX_SIGNATURES); i++) {
        // each is compared, and in full: the time reveals nothing of where one differs
        matches |= MessageDigest.isEqual(expected, bytes(given[i]));
      }
    }
    return matches;
  }

  private static byte[] bytes(String signature) {
    try {
      return signature.startsWith(VERSION)
          ? Base64.getDecoder().decode(signature.substring(VERSION.length()))
          : new byte[0];
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] hmac(Secret secret, String id, String timestamp, byte[] body) {
    byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
    return WebhookSignature.hmac(SignatureSettings.standardKey(secret), head, body);
  }
}
