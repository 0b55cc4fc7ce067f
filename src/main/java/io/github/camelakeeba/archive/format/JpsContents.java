package io.github.camelakeeba.archive.format;

import io.github.camelakeeba.archive.format.ArchiveEntry.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What the decrypted blocks of an encrypted archive hold: the header of an entry, its contents. */
final class JpsContents implements AutoCloseable {
  private static final int FIXED = 16; // bytes of an entry's header without its path
  private static final int STORED = 0;
  private static final int DEFLATED = 1;

  private final EncryptedBlock block;
  private final EntrySink sink;
  private final Inflater inflater = new Inflater(true);
  private final byte[] output = new byte[128 * 1024];
  private ArchiveEntry entry;
  private boolean stored;
  private long left; // bytes of the entry that are still to come
  private long size; // bytes of all entries

  JpsContents(EncryptedBlock block, EntrySink sink) {
    this.block = block;
    this.sink = sink;
  }

  /** Whether the block holds what only an entry's header can; chance makes one in 2^30 at most. */
  static boolean isHeader(EncryptedBlock block) {
    return header(block.contents()) != null;
  }

  private record Header(String path, Kind kind, int compression, long size, int mode, long time) {}

  /** Null: it is none. */
  private static Header header(ByteBuffer plain) {
    int length = plain.remaining() - FIXED;
    if (length <= 0 || Short.toUnsignedInt(plain.getShort()) != length) {
      return null;
    }
    String path = new String(plain.array(), plain.position(), length, StandardCharsets.UTF_8);
    plain.position(plain.position() + length);
    Kind kind = Kind.of(plain.get());
    int compression = plain.get();
    long size = Integer.toUnsignedLong(plain.getInt());
    boolean plausible =
        kind != null
            && (compression == STORED || compression == DEFLATED && kind == Kind.FILE)
            && (kind != Kind.FOLDER || size == 0);
    return plausible
        ? new Header(
            path, kind, compression, size, plain.getInt(), Integer.toUnsignedLong(plain.getInt()))
        : null;
  }

  /** An entry begins: the block is its header. */
  void begin() throws IOException {
    Header header = header(block.contents());
    if (header == null) {
      throw new BrokenArchiveException(
          "The header of the entry at byte %s is damaged.", block.begin);
    }
    Instant modified = header.time == 0 ? null : Instant.ofEpochSecond(header.time);
    entry = new ArchiveEntry(header.path, header.kind, header.size, header.mode, modified);
    stored = header.compression == STORED;
    left = header.size;
    size += header.size;
    sink.begin(entry);
  }

  /** Whether the entry has more than there was so far. */
  boolean blockDue() {
    return left > 0;
  }

  /** Hands out the next block of the entry: deflated as a whole, or not at all. */
  void block() throws IOException {
    long before = left;
    if (stored) {
      left -= block.plainLength;
      checkSize();
      sink.bytes(block.plain, 0, block.plainLength);
    } else {
      inflate();
    }
    if (left == before) {
      throw block.damaged(); // or empty ones could go on for ever
    }
  }

  private void inflate() throws IOException {
    inflater.reset();
    inflater.setInput(block.plain, 0, block.plainLength);
    try {
      for (int n = inflater.inflate(output); n > 0; n = inflater.inflate(output)) {
        left -= n;
        checkSize();
        sink.bytes(output, 0, n);
      }
    } catch (DataFormatException e) {
      throw new BrokenArchiveException(
          "The encrypted block at byte %s of the archive does not inflate.", block.begin);
    }
    if (!inflater.finished() || inflater.getRemaining() > 0) {
      throw new BrokenArchiveException(
          "The encrypted block at byte %s of the archive does not inflate to its end.",
          block.begin);
    }
  }

  private void checkSize() {
    if (left < 0) {
      throw new BrokenArchiveException(
          "The encrypted block at byte %s of the archive has more than the %s bytes of its entry.",
          block.begin, entry.size());
    }
  }

  void end() throws IOException {
    sink.end();
  }

  long size() {
    return size;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
