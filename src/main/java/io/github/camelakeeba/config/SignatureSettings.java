package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The keys {@code signature}, {@code secret} and {@code previousSecret} of channels and triggers.
 *
 * @param secret the key in use; null: nothing is signed
 * @param previousSecret the one before it, while it is being changed, or null
 */
@Internal
public record SignatureSettings(Form form, Secret secret, Secret previousSecret) {
  public static final SignatureSettings NONE = new SignatureSettings(Form.BACKUP, null, null);

  private static final String PREFIX = "whsec_";

  public enum Form {
    BACKUP,
    /** Those of Standard Webhooks: {@code webhook-id}, -{@code timestamp}, -{@code signature}. */
    STANDARD,
    /** Both: sent are both, and of a sender either is enough. */
    BOTH;

    public boolean backup() {
      return this != STANDARD;
    }

    public boolean standard() {
      return this != BACKUP;
    }
  }

  /** The keys that count, the one in use first; empty: none. */
  public List<Secret> secrets() {
    return Stream.of(secret, previousSecret).filter(Objects::nonNull).toList();
  }

  /**
   * The key of an HMAC of Standard Webhooks: what is Base64 behind {@code whsec_}, else the text
   * itself. Throws {@link IllegalArgumentException} when there is no Base64 behind the prefix.
   */
  public static byte[] standardKey(Secret secret) {
    String text = secret.reveal();
    if (!text.startsWith(PREFIX)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
      if (key.length > 0) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // its message repeats a character of the secret
    }
    throw new IllegalArgumentException("begins with whsec_, but what follows is no Base64");
  }
}
