package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The header {@code X-Backup-Signature}, by which a receiver knows who sent a body, and when. */
public final class WebhookSignature {
  /** Its name. */
  public static final String HEADER = "X-Backup-Signature";

  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern FORM = Pattern.compile("t=(\\d{1,12}),\\s*v1=([0-9A-Fa-f]{64})");

  /**
   * What was signed longer ago, or further ahead by a clock that differs, is taken for a replay.
   */
  static final Duration HOLDS = Duration.ofMinutes(5);

  private WebhookSignature() {}

  /**
   * {@code t=<unix seconds>,v1=<hex>}: HMAC-SHA256 of the seconds, a dot and the body.
   *
   * @param body the bytes as they are sent
   */
  static String of(Secret key, Instant now, byte[] body) {
    long seconds = now.getEpochSecond();
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(sign(key, seconds, body));
  }

  /** Whether the header was made with this key for this body, at most 5 minutes ago. */
  public static boolean holds(Secret key, Instant now, String header, byte[] body) {
    Matcher form = FORM.matcher(header);
    if (!form.matches()) {
      return false;
    }
    long seconds = Long.parseLong(form.group(1));
    byte[] given = HexFormat.of().parseHex(form.group(2));
    boolean ours = MessageDigest.isEqual(sign(key, seconds, body), given);
    return ours && Math.abs(now.getEpochSecond() - seconds) <= HOLDS.toSeconds();
  }

  /** The same for each spelling of a signature, and too little of it to sign with. */
  public static String label(String header) {
    Matcher form = FORM.matcher(header);
    return form.matches()
        ? form.group(1) + "/" + form.group(2).substring(0, 16).toLowerCase(Locale.ROOT)
        : "none";
  }

  private static byte[] sign(Secret key, long seconds, byte[] body) {
    byte[] time = (seconds + ".").getBytes(StandardCharsets.US_ASCII);
    return hmac(key, time, body);
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
