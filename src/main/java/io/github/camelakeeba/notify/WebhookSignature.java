package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The header {@code X-Backup-Signature}, by which a receiver knows who sent a body, and when. */
final class WebhookSignature {
  /** Its name. */
  static final String HEADER = "X-Backup-Signature";

  private static final String ALGORITHM = "HmacSHA256";

  private WebhookSignature() {}

  /**
   * {@code t=<unix seconds>,v1=<hex>}: HMAC-SHA256 of the seconds, a dot and the body.
   *
   * @param body the bytes as they are sent
   */
  static String of(Secret key, Instant now, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      long seconds = now.getEpochSecond();
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
    }
  }
}
