package io.github.camelakeeba.archive.format;

import io.github.camelakeeba.archive.format.ArchiveEntry.Kind;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;

/**
 * Walks a ZIP archive: each entry has the length and the checksum that it states, the directory at
 * the end lists these entries with what their own headers say, where they are, and no others, and
 * nothing follows it.
 */
final class ZipReader extends FormatReader {
  private static final String LOCAL = "PK\3\4";
  private static final String CENTRAL = "PK\1\2";
  private static final String END = "PK\5\6";
  private static final String END_64 = "PK\6\6";
  private static final String END_64_LOCATOR = "PK\6\7";
  private static final String DESCRIPTOR = "PK\7\b";

  /** Of a split archive that came out as one file; {@link #DESCRIPTOR} begins any other. */
  private static final String SINGLE_VOLUME_MARK = "PK00";

  private static final int VOLUME = 30; // of an entry, in its header in the directory
  private static final int PLACE = 38;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int UNREADABLE = 0x2061; // flags: encrypted in some way, or a patch
  private static final int HAS_DESCRIPTOR = 8; // flag: sizes and checksum follow the contents
  private static final int NEEDED_FOR_LINK = 0x030A; // what Akeeba writes of links only (measured)
  private static final int NO_TIME = 33 << 16;
  private static final int ZIP64_FIELD = 1;
  private static final int TIMES_FIELD = 0x5455;
  private static final long ABOVE_32 = 0xFFFF_FFFFL;
  private static final int ABOVE_16 = 0xFFFF;

  private final EntrySink sink;
  private final int files;
  private final ZipPlaces places;
  private boolean placed = true; // whether what the directory says of places is compared
  private long sum; // of all entries: the order is the directory's own

  ZipReader(LittleEndianInput in, int files, EntrySink sink) {
    super(in);
    this.files = files;
    this.places = new ZipPlaces(in.volumeBegins());
    this.sink = sink;
  }

  @Override
  String unreadableReason() throws IOException {
    String mark = in.ascii(4);
    if (mark.equals(DESCRIPTOR) || mark.equals(SINGLE_VOLUME_MARK)) {
      placed = !mark.equals(SINGLE_VOLUME_MARK); // no sample tells what its places count from
      mark = in.ascii(4);
    }
    try (EntryDecoder contents = new EntryDecoder(in)) {
      for (; mark.equals(LOCAL); mark = in.ascii(4)) {
        entry(contents, in.position() - 4);
      }
    }
    if (entries == 0) {
      throw in.position() == 4 && !mark.startsWith("PK")
          ? BrokenArchiveException.notAnArchive(mark, "PK")
          : BrokenArchiveException.notAnEntry(mark, in.position() - 4, 1);
    }
    directory(mark, in.position() - 4);
    checkNothingFollows("end");
    return null;
  }

  /** What one entry says of itself, in its own header and in the directory. */
  private static final class Entry {
    int needed;
    int flags;
    int method;
    long crc;
    long packed;
    long size;
    int volume; // by the directory: where it begins
    long place;
    byte[] path;
    Instant modified;

    /** What must be the same in both headers. */
    long facts() {
      CRC32 sum = new CRC32();
      sum.update(path);
      sum.update(
          ByteBuffer.allocate(28).putInt(method).putLong(crc).putLong(packed).putLong(size).flip());
      return sum.getValue();
    }

    static long sum(long facts, long place) {
      CRC32 sum = new CRC32();
      sum.update(ByteBuffer.allocate(16).putLong(facts).putLong(place).flip());
      return sum.getValue();
    }

    ArchiveEntry described(boolean link, boolean described) {
      String name = new String(path, StandardCharsets.UTF_8);
      Kind kind = link ? Kind.LINK : name.endsWith("/") && size == 0 ? Kind.FOLDER : Kind.FILE;
      long known = described ? ArchiveEntry.UNKNOWN : size;
      return new ArchiveEntry(name, kind, known, ArchiveEntry.UNKNOWN, modified);
    }

    /** Null where there is none: Akeeba gives folders and links the first day of 1980. */
    private static Instant dosTime(int time) {
      try {
        return time == NO_TIME
            ? null
            : LocalDateTime.of(
                    1980 + (time >>> 25),
                    time >>> 21 & 15,
                    time >>> 16 & 31,
                    time >>> 11 & 31,
                    time >>> 5 & 63,
                    2 * (time & 31))
                .toInstant(ZoneOffset.UTC);
      } catch (DateTimeException e) {
        return null;
      }
    }

    /** Version to sizes, as they are in both headers. */
    void numbers(ByteBuffer header) {
      needed = Short.toUnsignedInt(header.getShort());
      flags = Short.toUnsignedInt(header.getShort());
      method = Short.toUnsignedInt(header.getShort());
      modified = dosTime(header.getInt());
      crc = Integer.toUnsignedLong(header.getInt());
      packed = Integer.toUnsignedLong(header.getInt());
      size = Integer.toUnsignedLong(header.getInt());
    }

    /** Sizes above 4 GiB are in an extra field. */
    void extra(ByteBuffer extra) {
      while (extra.remaining() >= 4) {
        int mark = extra.getShort();
        ByteBuffer value = extra.slice().order(extra.order());
        int end = extra.position() + 2 + Short.toUnsignedInt(value.getShort());
        if (mark == ZIP64_FIELD) {
          size = size == ABOVE_32 ? value.getLong() : size;
          packed = packed == ABOVE_32 ? value.getLong() : packed;
          place = place == ABOVE_32 ? value.getLong() : place;
          volume = volume == ABOVE_16 ? value.getInt() : volume;
        } else if (mark == TIMES_FIELD && (value.get() & 1) != 0) {
          modified = Instant.ofEpochSecond(value.getInt());
        }
        extra.position(end);
      }
    }
  }

  private void entry(EntryDecoder contents, long begin) throws IOException {
    ByteBuffer header = in.bytes(26);
    Entry entry = header(header, false, begin);
    boolean described = (entry.flags & HAS_DESCRIPTOR) != 0;
    entries++;
    sink.begin(entry.described(entry.needed == NEEDED_FOR_LINK, described));
    if (described) {
      entry.packed = contents(contents, entry.method, Long.MAX_VALUE, Long.MAX_VALUE, sink, begin);
      descriptor(entry, contents.size);
    } else if (contents(contents, entry.method, entry.packed, entry.size, sink, begin)
        != entry.packed) {
      throw damaged(begin);
    }
    if (contents.size != entry.size || contents.crc() != entry.crc || entry.packed < 0) {
      throw damaged(begin);
    }
    sink.end();
    long facts = entry.facts();
    places.found(facts, entry.method == STORED, begin, in.position());
    sum += Entry.sum(facts, placed ? places.exact(begin) : 0);
  }

  /** The directory's headers end with a comment. */
  private Entry header(ByteBuffer header, boolean inDirectory, long begin) throws IOException {
    Entry entry = new Entry();
    entry.numbers(header);
    if ((entry.flags & UNREADABLE) != 0) {
      throw damaged(begin);
    }
    entry.path = in.bytes(Short.toUnsignedInt(header.getShort())).array();
    ByteBuffer extra = in.bytes(Short.toUnsignedInt(header.getShort()));
    if (inDirectory) {
      in.skip(Short.toUnsignedInt(header.getShort()));
      entry.volume = Short.toUnsignedInt(header.getShort(VOLUME));
      entry.place = Integer.toUnsignedLong(header.getInt(PLACE));
    }
    try {
      entry.extra(extra);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw damaged(begin);
    }
    return entry;
  }

  private static BrokenArchiveException damaged(long begin) {
    return new BrokenArchiveException(
        "The entry at byte %s has not the contents that it states.", begin);
  }

  /** Gives the packed bytes that were read. */
  private static long contents(
      EntryDecoder contents, int method, long packed, long size, EntrySink to, long begin)
      throws IOException {
    try {
      if (method == DEFLATED) {
        long used = contents.inflate(packed, size, to);
        if (contents.finished) {
          return used;
        }
      } else if (method == STORED && packed == size && size < Long.MAX_VALUE) {
        contents.copyStored(size, to);
        return size;
      }
    } catch (DataFormatException e) {
      // reported below
    }
    throw new BrokenArchiveException("The entry at byte %s does not inflate.", begin);
  }

  private void descriptor(Entry entry, long read) throws IOException {
    ByteBuffer first = in.bytes(4);
    boolean marked = DESCRIPTOR.equals(new String(first.array(), StandardCharsets.ISO_8859_1));
    entry.crc = Integer.toUnsignedLong(marked ? in.bytes(4).getInt() : first.getInt());
    boolean large = Math.max(read, entry.packed) > ABOVE_32;
    long packed = large ? in.bytes(8).getLong() : in.u32();
    entry.size = large ? in.bytes(8).getLong() : in.u32();
    if (packed != entry.packed) {
      entry.packed = -1;
    }
  }

  private void directory(String first, long begin) throws IOException {
    long listed = 0;
    long all = 0;
    String mark = first;
    for (; mark.equals(CENTRAL); mark = in.ascii(4)) {
      Entry entry = header(in.bytes(42).position(2), true, in.position() - 46);
      long facts = entry.facts();
      long place = entry.place & ABOVE_32;
      all += Entry.sum(facts, placed ? places.named(facts, entry.volume, place) : 0);
      listed++;
    }
    long size = in.position() - 4 - begin;
    if (mark.equals(END_64)) {
      in.skip(in.bytes(8).getLong());
      mark = in.ascii(4);
    }
    if (mark.equals(END_64_LOCATOR)) {
      in.skip(16);
      mark = in.ascii(4);
    }
    if (!mark.equals(END)) {
      throw new BrokenArchiveException(
          "The directory at the end of the archive is damaged, at byte %s.", in.position() - 4);
    }
    ByteBuffer end = in.bytes(18);
    int last = Short.toUnsignedInt(end.getShort(0));
    int volume = Short.toUnsignedInt(end.getShort(2));
    int onLast = Short.toUnsignedInt(end.getShort(4));
    int counted = Short.toUnsignedInt(end.getShort(6));
    long stated = Integer.toUnsignedLong(end.getInt(8));
    if (placed && last != ABOVE_16) {
      checkVolumes(last + 1, files);
    }
    if (listed != entries || counted != ABOVE_16 && counted != (entries & ABOVE_16)) {
      throw new BrokenArchiveException(
          "The directory at the end of the archive counts %s entries, but %s were found.",
          listed == entries ? counted : listed, entries);
    }
    long place = Integer.toUnsignedLong(end.getInt(12));
    if (all != sum
        || stated != ABOVE_32 && stated != (size & ABOVE_32)
        || placed && volume == last && onLast != counted
        || placed && !places.isDirectory(begin, volume, place)) {
      throw new BrokenArchiveException(
          "The directory at the end of the archive lists other entries than it has, or other places of them.");
    }
    in.skip(Short.toUnsignedInt(end.getShort(16)));
  }
}
