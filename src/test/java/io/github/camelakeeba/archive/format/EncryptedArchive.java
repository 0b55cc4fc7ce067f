package io.github.camelakeeba.archive.format;

import static io.github.camelakeeba.archive.format.SampleArchives.ascii;
import static io.github.camelakeeba.archive.format.SampleArchives.buffer;
import static io.github.camelakeeba.archive.format.SampleArchives.deflated;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Writes JPS 2.0 as Akeeba does, small, and with whatever its header may say of the key. */
final class EncryptedArchive {
  private static final int CHUNK = 3000; // plain bytes of a block

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Random random = new Random(11);
  private final int hash;
  private final int iterations;
  private final String password;
  private final int chunk;
  private final byte[] salt; // null: each block has its own
  private SecretKeySpec key;
  private int entries;
  private long size;
  private long packed;

  /** The header says what it is encrypted with. */
  EncryptedArchive(int hash, int iterations, boolean staticSalt, String password) {
    this(hash, iterations, staticSalt, password, CHUNK, iterations);
  }

  /** With blocks of so many plain bytes. */
  EncryptedArchive(int hash, int iterations, boolean staticSalt, String password, int chunk) {
    this(hash, iterations, staticSalt, password, chunk, iterations);
  }

  private EncryptedArchive(
      int hash,
      int iterations,
      boolean staticSalt,
      String password,
      int chunk,
      int statedIterations) {
    this.chunk = chunk;
    this.hash = hash;
    this.iterations = iterations;
    this.password = password;
    this.salt = staticSalt ? bytes(64) : null;
    ByteBuffer header = buffer(84).put(ascii("JPS")).put(new byte[] {2, 0, 0});
    header.putShort((short) 76).put(new byte[] {'J', 'H', 0, 1}).putShort((short) 76);
    header.put((byte) hash).putInt(statedIterations).put((byte) (staticSalt ? 1 : 0));
    header.put(staticSalt ? salt : new byte[64]);
    out.writeBytes(header.array());
  }

  /** What 10.2.1 writes while its setting pbkdf2usestaticsalt is 0 (measured). */
  static EncryptedArchive misstated(String password) throws GeneralSecurityException {
    EncryptedArchive archive = new EncryptedArchive(0, 128_000, false, password, CHUNK, 2500);
    archive.key = archive.key(new byte[16]);
    return archive;
  }

  EncryptedArchive folder(String path) throws GeneralSecurityException {
    return header(path + "/", 0, 0, 0, 040755, 0);
  }

  EncryptedArchive link(String path, String target) throws GeneralSecurityException {
    header(path, 2, 0, target.length(), 0100644, 0);
    return block(ascii(target));
  }

  EncryptedArchive file(String path, byte[] plain) throws GeneralSecurityException {
    header(path, 1, 1, plain.length, 0100640, 1_760_000_000);
    for (int from = 0; from < plain.length; from += chunk) {
      block(deflated(Arrays.copyOfRange(plain, from, Math.min(plain.length, from + chunk))));
    }
    return this;
  }

  EncryptedArchive header(
      String path, int type, int compression, int length, int mode, int modified)
      throws GeneralSecurityException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    ByteBuffer plain = buffer(16 + name.length).putShort((short) name.length).put(name);
    plain.put((byte) type).put((byte) compression).putInt(length).putInt(mode).putInt(modified);
    byte[] blob = blob(plain.array());
    out.writeBytes(ascii("JPF"));
    out.writeBytes(
        buffer(4).putShort((short) blob.length).putShort((short) plain.capacity()).array());
    out.writeBytes(blob);
    entries++;
    size += length;
    return this;
  }

  EncryptedArchive block(byte[] plain) throws GeneralSecurityException {
    byte[] blob = blob(plain);
    out.writeBytes(buffer(8).putInt(blob.length).putInt(plain.length).array());
    out.writeBytes(blob);
    packed += plain.length;
    return this;
  }

  /** Bytes so far. */
  int size() {
    return out.size();
  }

  byte[] end() {
    out.writeBytes(ascii("JPE"));
    out.writeBytes(
        buffer(14)
            .putShort((short) 1)
            .putInt(entries)
            .putInt((int) size)
            .putInt((int) packed)
            .array());
    return out.toByteArray();
  }

  private byte[] blob(byte[] plain) throws GeneralSecurityException {
    int padded = plain.length == 16 ? 16 : (plain.length / 16 + 1) * 16;
    byte[] iv = bytes(16);
    byte[] own = salt == null && key == null ? bytes(64) : null;
    SecretKeySpec used = own != null ? key(own) : key == null ? key = key(salt) : key;
    Cipher aes = Cipher.getInstance("AES/CBC/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, used, new IvParameterSpec(iv));
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    blob.writeBytes(aes.doFinal(Arrays.copyOf(plain, padded)));
    if (own != null) {
      blob.writeBytes(ascii("JPST"));
      blob.writeBytes(own);
    }
    blob.writeBytes(ascii("JPIV"));
    blob.writeBytes(iv);
    blob.writeBytes(buffer(4).putInt(plain.length).array());
    return blob.toByteArray();
  }

  private SecretKeySpec key(byte[] with) throws GeneralSecurityException {
    String name = "PBKDF2WithHmacSHA" + new String[] {"1", "256", "512"}[hash];
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), with, iterations, 128);
    return new SecretKeySpec(
        SecretKeyFactory.getInstance(name).generateSecret(spec).getEncoded(), "AES");
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
