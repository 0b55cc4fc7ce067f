package io.github.camelakeeba.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/** Some bytes of a file, read as they are sent. */
final class ArchivePart extends FilterInputStream {
  private long left;

  /** Closes the channel when it is closed. */
  ArchivePart(FileChannel file, ByteRange range) throws IOException {
    super(Channels.newInputStream(file.position(range.first())));
    left = range.length();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = left == 0 ? -1 : in.read(into, offset, (int) Math.min(length, left));
    left -= Math.max(0, count);
    return count;
  }

  @Override
  public long skip(long bytes) {
    return 0;
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
