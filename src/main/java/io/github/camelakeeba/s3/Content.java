package io.github.camelakeeba.s3;

import io.github.camelakeeba.secret.Sha256;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What is to be stored, and the checksums by which it is known whether it was: of the whole, and of
 * each part. Nothing of a file is held in memory.
 *
 * @param bytes null: those of the file
 * @param file null: the bytes
 * @param size bytes
 * @param sha256 of the whole, in hex
 * @param parts at least one
 */
record Content(byte[] bytes, Path file, long size, String sha256, List<Part> parts) {
  // S3's limit is 10,000
  private static final int MAX_PARTS = 9000;
  private static final int MIB = 1024 * 1024;

  /** Some of it. */
  record Part(int number, long offset, long size, byte[] sha256, byte[] md5) {
    String sha256Base64() {
      return Base64.getEncoder().encodeToString(sha256);
    }

    String md5Hex() {
      return HexFormat.of().formatHex(md5);
    }
  }

  static Content of(byte[] bytes) {
    byte[] sha256 = Sha256.digest().digest(bytes);
    return new Content(
        bytes,
        null,
        bytes.length,
        HexFormat.of().formatHex(sha256),
        List.of(new Part(1, 0, bytes.length, sha256, md5().digest(bytes))));
  }

  /** Reads it once, with so many bytes a part, or more where that gave too many. */
  static Content of(Path file, long partSize) throws IOException {
    long size = Files.size(file);
    long part = Math.max(partSize, (size / MAX_PARTS + MIB) / MIB * MIB);
    MessageDigest whole = Sha256.digest();
    List<Part> parts = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      long offset = 0;
      do {
        long length = Math.min(part, size - offset);
        parts.add(read(in, parts.size() + 1, offset, length, whole));
        offset += length;
      } while (offset < size);
    }
    return new Content(
        null, file, size, HexFormat.of().formatHex(whole.digest()), List.copyOf(parts));
  }

  private static Part read(
      InputStream in, int number, long offset, long length, MessageDigest whole)
      throws IOException {
    MessageDigest sha256 = Sha256.digest();
    MessageDigest md5 = md5();
    byte[] buffer = new byte[64 * 1024];
    for (long left = length; left > 0; ) {
      checkNotInterrupted();
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IOException("the file became shorter while it was read");
      }
      whole.update(buffer, 0, count);
      sha256.update(buffer, 0, count);
      md5.update(buffer, 0, count);
      left -= count;
    }
    return new Part(number, offset, length, sha256.digest(), md5.digest());
  }

  /** Only what servers make their ETag of; no promise rests on it alone. */
  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  /** A part from its beginning; reading breaks off once the thread is interrupted. */
  InputStream open(Part part) {
    if (bytes != null) {
      return new ByteArrayInputStream(bytes);
    }
    try {
      return new PartInput(Files.newInputStream(file), part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkNotInterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the run has ended meanwhile");
    }
  }

  /** The ETag that a server gives it that makes it of MD5, as most do. */
  String etag() {
    if (parts.size() == 1) {
      return parts.get(0).md5Hex();
    }
    MessageDigest all = md5();
    parts.forEach(part -> all.update(part.md5()));
    return HexFormat.of().formatHex(all.digest()) + "-" + parts.size();
  }

  /** The checksum by which a server knows it: of the parts' checksums where it has parts. */
  String storedSha256() {
    if (parts.size() == 1) {
      return parts.get(0).sha256Base64();
    }
    MessageDigest all = Sha256.digest();
    parts.forEach(part -> all.update(part.sha256()));
    return Base64.getEncoder().encodeToString(all.digest()) + "-" + parts.size();
  }

  private static final class PartInput extends FilterInputStream {
    private long left;

    PartInput(InputStream file, Part part) throws IOException {
      super(file);
      file.skipNBytes(part.offset());
      left = part.size();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      checkNotInterrupted();
      if (left == 0) {
        return -1;
      }
      int count = super.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
