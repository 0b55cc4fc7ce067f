package io.github.camelakeeba.archive.format;

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
  long size; // plain bytes of the last entry
  boolean finished; // whether the packed data came to their end

  EntryDecoder(LittleEndianInput in) {
    this.in = in;
  }

  long crc() {
    return crc32.getValue();
  }

  void copyStored(long bytes, EntrySink sink) throws IOException {
    reset();
    for (long left = bytes; left > 0; ) {
      int n = in.readSome(left);
      left -= n;
      emit(in.buffer, in.next - n, n, sink);
    }
    finished = true;
  }

  /** Gives the packed bytes that were read; stops once more plain bytes come than there may be. */
  long inflate(long maxPacked, long maxPlain, EntrySink sink)
      throws IOException, DataFormatException {
    reset();
    inflater.reset();
    long left = maxPacked;
    while (left > 0 && !inflater.finished() && size <= maxPlain) {
      int n = in.readSome(left);
      left -= n;
      inflater.setInput(in.buffer, in.next - n, n);
      for (int m = inflater.inflate(output); m > 0; m = inflater.inflate(output)) {
        emit(output, 0, m, sink);
        if (size > maxPlain) {
          break;
        }
      }
    }
    in.next -= inflater.getRemaining();
    finished = inflater.finished();
    return maxPacked - left - inflater.getRemaining();
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
