package io.github.camelakeeba.signature;

import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The header {@code X-Backup-Signature}: who sent a body, and when. */
public final class WebhookSignature {
  public static final String HEADER = "X-Backup-Signature";
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern HEADER_FORMAT =
      Pattern.compile("t=(\\d{1,12})((?:,\\s*v1=[0-9A-Fa-f]{64}){1,8})");
  private static final Pattern SIGNATURE = Pattern.compile("[0-9A-Fa-f]{64}");
  static final Duration TOLERANCE = Duration.ofMinutes(5); // beyond, either way, it is a replay

  private WebhookSignature() {}

  /**
   * {@code t=<unix seconds>,v1=<hex>}: HMAC-SHA256 of the seconds, a dot and the body.
   *
   * @param keys each gives a {@code v1}, so that a receiver may know the old one or the new one
   */
  public static String sign(List<Secret> keys, Instant now, byte[] body) {
    long seconds = now.getEpochSecond();
    return keys.stream()
        .map(key -> ",v1=" + HexFormat.of().formatHex(sign(key, seconds, body)))
        .collect(Collectors.joining("", "t=" + seconds, ""));
  }

  /** Whether the header was made with this key for this body, at most 5 minutes ago. */
  public static boolean verify(Secret key, Instant now, String header, byte[] body) {
    Matcher form = HEADER_FORMAT.matcher(header);
    if (!form.matches()) {
      return false;
    }
    long seconds = Long.parseLong(form.group(1));
    byte[] expected = sign(key, seconds, body);
    boolean matches = false;
    for (Matcher given = SIGNATURE.matcher(form.group(2)); given.find(); ) {
      matches |= MessageDigest.isEqual(expected, HexFormat.of().parseHex(given.group()));
    }
    return matches && Math.abs(now.getEpochSecond() - seconds) <= TOLERANCE.toSeconds();
  }

  /** Names what is signed, its time and its body: the same for each spelling of a signature. */
  public static String label(String header, byte[] body) {
    Matcher form = HEADER_FORMAT.matcher(header);
    if (!form.matches() || body == null) {
      return "none";
    }
    return Long.parseLong(form.group(1)) + "/" + Sha256.hex(body).substring(0, 32);
  }

  private static byte[] sign(Secret key, long seconds, byte[] body) {
    return hmac(key, (seconds + ".").getBytes(StandardCharsets.US_ASCII), body);
  }

  /** HMAC-SHA256 of these bytes, one after the other; the key is the secret's text. */
  public static byte[] hmac(Secret key, byte[]... parts) {
    return hmac(key.reveal().getBytes(StandardCharsets.UTF_8), parts);
  }

  static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }
}
