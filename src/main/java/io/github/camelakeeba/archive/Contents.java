package io.github.camelakeeba.archive;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The contents of one entry after the other, on their way from the archive to a sink. */
final class Contents implements AutoCloseable {
  private final LittleEndian in;
  private final Inflater inflater = new Inflater(true);
  private final byte[] plain = new byte[128 * 1024];
  private final CRC32 sum = new CRC32();
  private long size;
  private boolean finished;

  Contents(LittleEndian in) {
    this.in = in;
  }

  /** Bytes that were in the entry read last. */
  long size() {
    return size;
  }

  /** The CRC-32 of those bytes. */
  long crc() {
    return sum.getValue();
  }

  /** Whether what was packed came to its end. */
  boolean finished() {
    return finished;
  }

  /** As it stands there. */
  void stored(long bytes, EntrySink sink) throws IOException {
    begin();
    for (long left = bytes; left > 0; ) {
      int n = in.some(left);
      left -= n;
      take(in.buffer(), in.offset() - n, n, sink);
    }
    finished = true;
  }

  /**
   * Packed by deflate; gives how many bytes that took, which are all that were left unless the
   * packed data end earlier. Stops where it would become more than it may.
   *
   * @param packed bytes in the archive at most
   * @param most bytes that may come out
   */
  long deflated(long packed, long most, EntrySink sink) throws IOException, DataFormatException {
    begin();
    inflater.reset();
    long left = packed;
    while (left > 0 && !inflater.finished() && size <= most) {
      int n = in.some(left);
      left -= n;
      inflater.setInput(in.buffer(), in.offset() - n, n);
      for (int m = inflater.inflate(plain); m > 0; m = inflater.inflate(plain)) {
        take(plain, 0, m, sink);
        if (size > most) {
          break;
        }
      }
    }
    in.back(inflater.getRemaining());
    finished = inflater.finished();
    return packed - left - inflater.getRemaining();
  }

  private void begin() {
    size = 0;
    sum.reset();
    finished = false;
  }

  private void take(byte[] from, int offset, int length, EntrySink sink) throws IOException {
    size += length;
    sum.update(from, offset, length);
    sink.bytes(from, offset, length);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
