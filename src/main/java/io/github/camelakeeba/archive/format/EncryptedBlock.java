package io.github.camelakeeba.archive.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A header or a block of contents of an encrypted archive: cipher text, perhaps its salt, its
 * vector, and the length of its contents, which zeros pad. One object serves all, one at a time.
 */
final class EncryptedBlock {
  /** A whole block is in the memory, and none should be longer than 10 MiB and some bytes. */
  private static final int MAX_LENGTH = 16 << 20;

  private static final int TAIL = 24; // bytes of mark, vector and length at the end
  private static final int SALT = 64; // bytes, behind a mark, where each block has one
  private static final int BLOCK = 16;
  private static final int MARK = 4;
  private static final int PIECE = 8192; // few long calls leave the JVM's AES uncompiled (measured)
  private static final byte[] ZEROS = new byte[BLOCK];
  private static final byte[] NOTHING = {};

  private final Cipher aes;
  private byte[] cipher = NOTHING;
  private int cipherLength;
  private byte[] vector;

  long begin; // where its first byte is in the archive
  byte[] salt; // of its own; null: it has none
  byte[] plain = NOTHING; // what it holds, once it is decrypted
  int plainLength;

  EncryptedBlock() {
    try {
      aes = Cipher.getInstance("AES/CBC/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES", e);
    }
  }

  /**
   * Reads the block, and checks that it ends as one of its length does.
   *
   * @param at where its head begins
   * @param length bytes of all that follows its head
   * @param kept whether its cipher text is needed
   */
  void read(LittleEndianInput in, long at, long length, long contents, boolean kept)
      throws IOException {
    begin = at;
    boolean salted = !isPadded(length - TAIL, contents);
    long encrypted = length - TAIL - (salted ? MARK + SALT : 0);
    if (!isPadded(encrypted, contents)) {
      throw damaged();
    }
    if (kept && encrypted > MAX_LENGTH) {
      throw new BrokenArchiveException(
          "The encrypted block at byte %s of the archive has %s bytes, more than any should.",
          begin, encrypted);
    }
    if (kept) {
      cipherLength = (int) encrypted;
      plainLength = (int) contents;
      cipher = atLeast(cipher, cipherLength);
      in.bytes(cipher, cipherLength);
    } else {
      in.skip(encrypted);
    }
    salt = null;
    if (salted) {
      checkMark("JPST", in);
      salt = in.bytes(SALT).array();
    }
    checkMark("JPIV", in);
    vector = in.bytes(BLOCK).array();
    if (in.u32() != contents) {
      throw damaged();
    }
  }

  private static byte[] atLeast(byte[] buffer, int length) {
    return buffer.length >= length
        ? buffer
        : new byte[Math.min(MAX_LENGTH, Math.max(length, 2 * buffer.length))];
  }

  /**
   * Padded to a multiple of 16; a whole block of zeros follows one, but not the first (measured).
   */
  private static boolean isPadded(long encrypted, long contents) {
    return encrypted > 0
        && encrypted % BLOCK == 0
        && encrypted >= contents
        && encrypted <= contents + BLOCK;
  }

  private void checkMark(String mark, LittleEndianInput in) throws IOException {
    if (!Arrays.equals(in.bytes(MARK).array(), mark.getBytes(StandardCharsets.ISO_8859_1))) {
      throw damaged();
    }
  }

  BrokenArchiveException damaged() {
    return new BrokenArchiveException(
        "The encrypted block at byte %s of the archive is damaged.", begin);
  }

  /** Decrypts it into {@code plain}; false: what follows its contents are not zeros. */
  boolean decrypt(SecretKeySpec key) {
    plain = atLeast(plain, cipherLength);
    try {
      aes.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(vector));
      for (int at = 0; at < cipherLength; at += PIECE) {
        aes.update(cipher, at, Math.min(PIECE, cipherLength - at), plain, at);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES of whole blocks without padding can't fail", e);
    }
    return Arrays.mismatch(plain, plainLength, cipherLength, ZEROS, 0, cipherLength - plainLength)
        < 0;
  }

  ByteBuffer contents() {
    return ByteBuffer.wrap(plain, 0, plainLength).order(ByteOrder.LITTLE_ENDIAN);
  }
}
