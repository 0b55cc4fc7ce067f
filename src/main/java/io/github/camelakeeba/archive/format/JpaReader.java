package io.github.camelakeeba.archive.format;

import io.github.camelakeeba.archive.format.ArchiveEntry.Kind;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.DataFormatException;

/**
 * Walks a JPA archive, version 1.2 or 1.3: each entry begins where it should, inflates to the size
 * that it states, and there are as many entries and bytes as the header says (measured on archives
 * of real servers).
 */
final class JpaReader extends FormatReader {
  private static final int HEADER = 19; // bytes without extra fields
  private static final int ENTRY_HEADER = 21; // bytes without path and extra fields
  private static final int VOLUMES = 0x0101504A;
  private static final int SUMS = 0x0201504A;
  private static final int SIZES = 0x0200;
  private static final int MODIFIED = 0x0100;
  private static final int WITH_SUMS = 3; // version 1.3 and later (measured)
  private static final int STORED = 0;
  private static final int BZIP2 = 2;

  private final int files;
  private final EntrySink sink;
  private long declaredEntries;
  private long declaredPlainBytes = -1;
  private long declaredPackedBytes = -1;
  private long plainBytes;
  private long packedBytes;
  private boolean unread;

  JpaReader(LittleEndianInput in, int files, EntrySink sink) {
    super(in);
    this.files = files;
    this.sink = sink;
  }

  @Override
  String unreadableReason() throws IOException {
    String version = header();
    if (version != null) {
      return version;
    }
    try (EntryDecoder contents = new EntryDecoder(in)) {
      while (entries < declaredEntries) {
        entry(contents);
      }
    }
    checkNothingFollows("last entry");
    if (declaredPlainBytes >= 0
        && (declaredPlainBytes != plainBytes || declaredPackedBytes != packedBytes)) {
      throw new BrokenArchiveException(
          "The header of the archive counts %s bytes, packed %s, but its entries have %s, packed %s.",
          declaredPlainBytes, declaredPackedBytes, plainBytes, packedBytes);
    }
    return unread ? "entries of it are packed by bzip2" : null;
  }

  /** Why what follows it can't be read; null: it can. */
  private String header() throws IOException {
    String kind = in.ascii(3);
    if (!"JPA".equals(kind)) {
      throw BrokenArchiveException.notAnArchive(kind, "JPA");
    }
    int length = in.u16();
    if (length < HEADER) {
      throw new BrokenArchiveException("The header of the archive is too short.");
    }
    ByteBuffer header = in.bytes(length - 5);
    if (header.get(0) != 1) {
      return "it is of version %s.%s of its format, which can't be read"
          .formatted(header.get(0), header.get(1));
    }
    declaredEntries = Integer.toUnsignedLong(header.getInt(2));
    header.position(HEADER - 5);
    try {
      while (header.hasRemaining()) {
        headerField(header);
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw damaged();
    }
    if (header.get(1) >= WITH_SUMS && declaredPlainBytes < 0
        || declaredPlainBytes >= 0
            && ((int) declaredPlainBytes != header.getInt(6)
                || (int) declaredPackedBytes != header.getInt(10))) {
      throw damaged();
    }
    if (declaredEntries == 0) {
      throw new BrokenArchiveException(
          "The archive was never finished: its header counts no entries.");
    }
    return null;
  }

  private static BrokenArchiveException damaged() {
    return new BrokenArchiveException("The header of the archive is damaged.");
  }

  /** The length of a field counts from behind its mark, itself included. */
  private void headerField(ByteBuffer header) {
    int mark = header.getInt();
    int begin = header.position();
    int end = begin + Short.toUnsignedInt(header.getShort());
    if (mark == VOLUMES) {
      checkVolumes(Short.toUnsignedInt(header.getShort()), files);
    } else if (mark == SUMS) {
      declaredPlainBytes = header.getLong();
      declaredPackedBytes = header.getLong();
    }
    skipTo(header, end);
  }

  /** To the end that a field states; throws when it states one before its own value. */
  private static void skipTo(ByteBuffer header, int end) {
    if (end < header.position()) {
      throw new IllegalArgumentException();
    }
    header.position(end);
  }

  private void entry(EntryDecoder contents) throws IOException {
    long begin = in.position();
    String mark = in.ascii(3);
    if (!"JPF".equals(mark)) {
      throw BrokenArchiveException.notAnEntry(mark, begin, entries + 1);
    }
    Entry entry = entryHeader(begin);
    entries++;
    plainBytes += entry.size;
    packedBytes += entry.packed;
    sink.begin(entry.described());
    if (entry.compression == BZIP2) {
      unread = true;
      in.skip(entry.packed);
    } else {
      contents(contents, entry, begin, sink);
      sink.end();
    }
  }

  private record Entry(
      String path, Kind kind, int compression, long packed, long size, int mode, Instant modified) {
    ArchiveEntry described() {
      return new ArchiveEntry(path, kind, size, mode, modified);
    }
  }

  private Entry entryHeader(long begin) throws IOException {
    int length = in.u16();
    if (length < ENTRY_HEADER) {
      throw new BrokenArchiveException("The header of the entry at byte %s is too short.", begin);
    }
    ByteBuffer header = in.bytes(length - 5);
    try {
      byte[] path = new byte[Short.toUnsignedInt(header.getShort())];
      header.get(path);
      Kind kind = Kind.of(header.get());
      int compression = header.get();
      long packed = Integer.toUnsignedLong(header.getInt());
      long size = Integer.toUnsignedLong(header.getInt());
      int mode = header.getInt();
      Instant modified = null;
      boolean same = true; // of the sizes, as far as 32 bits go
      while (header.hasRemaining()) {
        // the length of a field counts all of it; sizes of 64 bits are there above 4 GiB, too
        int field = header.position();
        int mark = header.getShort();
        int end = field + Short.toUnsignedInt(header.getShort());
        if (mark == SIZES) {
          long packed32 = packed;
          long size32 = size;
          packed = header.getLong();
          size = header.getLong();
          same &= (int) packed == (int) packed32 && (int) size == (int) size32;
        } else if (mark == MODIFIED) {
          modified = Instant.ofEpochSecond(Integer.toUnsignedLong(header.getInt()));
        }
        skipTo(header, end);
      }
      if (kind != null
          && same
          && (kind != Kind.FOLDER || size == 0)
          && (kind == Kind.FILE || compression == STORED)
          && packed >= 0
          && size >= 0
          && compression >= STORED
          && compression <= BZIP2) {
        return new Entry(
            new String(path, StandardCharsets.UTF_8),
            kind,
            compression,
            packed,
            size,
            mode,
            modified);
      }
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      // reported below
    }
    throw new BrokenArchiveException("The header of the entry at byte %s is damaged.", begin);
  }

  private static void contents(EntryDecoder contents, Entry entry, long begin, EntrySink to)
      throws IOException {
    if (entry.compression == STORED || entry.packed == 0) {
      if (entry.packed != entry.size) {
        throw new BrokenArchiveException(
            "The entry at byte %s has %s bytes in place of %s.", begin, entry.packed, entry.size);
      }
      contents.copyStored(entry.packed, to);
      return;
    }
    try {
      long used = contents.inflate(entry.packed, entry.size, to);
      if (!contents.finished || used != entry.packed || contents.size != entry.size) {
        throw new BrokenArchiveException(
            "The entry at byte %s inflates to %s bytes in place of %s.",
            begin, contents.size, entry.size);
      }
    } catch (DataFormatException e) {
      throw new BrokenArchiveException("The entry at byte %s does not inflate.", begin);
    }
  }
}
