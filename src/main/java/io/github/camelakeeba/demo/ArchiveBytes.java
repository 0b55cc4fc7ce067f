package io.github.camelakeeba.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The bytes of an archive of any size, which are in no memory: a beginning, and noise behind it
 * that can be had from anywhere.
 */
final class ArchiveBytes {
  // a prime: no piece of a file looks like the same piece of another
  private static final int PERIOD = 1_048_573;

  private final byte[] beginning;
  private final long size;
  private final byte[] noise = new byte[PERIOD];

  ArchiveBytes(byte[] beginning, long size, long seed) {
    this.beginning = beginning;
    this.size = size;
    new SplittableRandom(seed).nextBytes(noise);
  }

  long size() {
    return size;
  }

  /** Bytes from here to there, as far as there are any; for what fits into memory. */
  byte[] range(long from, long to) {
    byte[] piece = new byte[(int) (Math.min(size, to) - from)];
    for (int done = 0; done < piece.length; ) {
      done += copy(from + done, piece, done, piece.length - done);
    }
    return piece;
  }

  void write(long from, long to, OutputStream out) throws IOException {
    byte[] buffer = new byte[256 * 1024];
    for (long at = from; at < to; ) {
      int n = copy(at, buffer, 0, (int) Math.min(buffer.length, to - at));
      out.write(buffer, 0, n);
      at += n;
    }
  }

  private int copy(long at, byte[] target, int offset, int most) {
    boolean head = at < beginning.length;
    byte[] source = head ? beginning : noise;
    int start = (int) (head ? at : (at - beginning.length) % PERIOD);
    int n = Math.min(most, source.length - start);
    System.arraycopy(source, start, target, offset, n);
    return n;
  }

  /** The same with other bytes at its beginning. */
  ArchiveBytes damaged(int from, int length, byte with, long seed) {
    byte[] spoilt = beginning.clone();
    Arrays.fill(
        spoilt, Math.min(from, spoilt.length), Math.min(from + length, spoilt.length), with);
    return new ArchiveBytes(spoilt, size, seed);
  }
}
