package io.github.camelakeeba.archive.format;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How the key of an encrypted archive is made of its password, as its header says.
 *
 * @param hash 0 to 2: SHA-1, SHA-256, SHA-512
 * @param iterations of PBKDF2; unsigned
 * @param salt of the whole archive; null: each block has its own
 */
record JpsHeader(int hash, int iterations, byte[] salt) {
  /**
   * What Akeeba Backup 10.2.1 encrypts with when its hidden setting {@code pbkdf2usestaticsalt} is
   * 0, whatever it writes into the header (measured).
   */
  static final JpsHeader MISSTATED = new JpsHeader(0, 128_000, new byte[16]);

  private static final List<String> ALGORITHMS =
      List.of("PBKDF2WithHmacSHA1", "PBKDF2WithHmacSHA256", "PBKDF2WithHmacSHA512");
  private static final int MAX_ITERATIONS = 10_000_000; // some ten seconds
  private static final int FIELD = 0x0100484A;
  private static final int SALT_LENGTH = 64;
  private static final int KEY_BITS = 128;

  /** Of the extra fields behind the archive's first 8 bytes; null: there is no such field. */
  static JpsHeader of(ByteBuffer extra) {
    try {
      while (extra.hasRemaining()) {
        int begin = extra.position();
        int mark = extra.getInt();
        int end = begin + Short.toUnsignedInt(extra.getShort());
        if (mark == FIELD) {
          int hash = extra.get();
          int iterations = extra.getInt();
          int oneSalt = extra.get();
          byte[] salt = oneSalt == 0 ? null : new byte[SALT_LENGTH];
          if (salt != null) {
            extra.get(salt);
          }
          if (oneSalt >>> 1 != 0 || end < extra.position() || end > extra.limit()) {
            throw new IllegalArgumentException();
          }
          return new JpsHeader(hash, iterations, salt);
        }
        if (end <= begin) {
          throw new IllegalArgumentException();
        }
        extra.position(end);
      }
      return null;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new BrokenArchiveException("The header of the archive is damaged.");
    }
  }

  /** Whether a key can be made of this at all, and in a time that is worth waiting for. */
  boolean usable() {
    return hash >= 0 && hash < ALGORITHMS.size() && iterations > 0 && iterations <= MAX_ITERATIONS;
  }

  /** The key; {@code blockSalt} is that of the block, null when it has none. */
  SecretKeySpec key(String password, byte[] blockSalt) {
    PBEKeySpec spec =
        new PBEKeySpec(
            password.toCharArray(), salt == null ? blockSalt : salt, iterations, KEY_BITS);
    try {
      byte[] key =
          SecretKeyFactory.getInstance(ALGORITHMS.get(hash)).generateSecret(spec).getEncoded();
      return new SecretKeySpec(key, "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PBKDF2", e);
    } finally {
      spec.clearPassword();
    }
  }
}
