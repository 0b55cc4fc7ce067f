package io.github.camelakeeba.archive;

import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The contents of one entry after the other, on their way from the archive to a sink. */
final class EntryDecoder implements AutoCloseable {
  private final LittleEndianInput in;
  private final Inflater inflater = new Inflater(true);
  private final byte[] output = new byte[128 * 1024];
  private final CRC32 crc32 = new CRC32();
  private long size;
  private boolean finished;

  EntryDecoder(LittleEndianInput in) {
    this.in = in;
  }

  /** Bytes that were in the entry read last. */
  long size() {
    return size;
  }

  /** The CRC-32 of those bytes. */
  long crc() {
    return crc32.getValue();
  }

  /** Whether what was packed came to its end. */
  boolean finished() {
    return finished;
  }

  /** As it is there. */
  void copyStored(long bytes, EntrySink sink) throws IOException {
    reset();
    for (long left = bytes; left > 0; ) {
      int n = in.readSome(left);
      left -= n;
      emit(in.buffer(), in.offset() - n, n, sink);
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
  long inflate(long packed, long most, EntrySink sink) throws IOException, DataFormatException {
    reset();
    inflater.reset();
    long left = packed;
    while (left > 0 && !inflater.finished() && size <= most) {
      int n = in.readSome(left);
      left -= n;
      inflater.setInput(in.buffer(), in.offset() - n, n);
      for (int m = inflater.inflate(output); m > 0; m = inflater.inflate(output)) {
        emit(output, 0, m, sink);
        if (size > most) {
          break;
        }
      }
    }
    in.pushBack(inflater.getRemaining());
    finished = inflater.finished();
    return packed - left - inflater.getRemaining();
  }

  private void reset() {
    size = 0;
    crc32.reset();
    finished = false;
  }

  private void emit(byte[] from, int offset, int length, EntrySink sink) throws IOException {
    size += length;
    crc32.update(from, offset, length);
    sink.bytes(from, offset, length);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
