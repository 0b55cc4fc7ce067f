package io.github.camelakeeba.s3;

import io.github.camelakeeba.secret.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * An object as it is read: its end is an {@link OtherContentException} when it is not what was
 * stored.
 */
final class CheckedInput extends FilterInputStream {
  private final String expected;
  private final MessageDigest digest = Sha256.digest();
  private boolean ended;

  CheckedInput(InputStream in, String sha256) {
    super(in);
    this.expected = sha256;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count > 0) {
      digest.update(buffer, offset, count);
    } else if (count < 0 && !ended) {
      ended = true;
      if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
        throw new OtherContentException();
      }
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return read(new byte[(int) Math.min(count, 8192)]); // what is skipped counts too
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
