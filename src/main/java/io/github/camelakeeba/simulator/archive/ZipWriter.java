package io.github.camelakeeba.simulator.archive;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Writes ZIP as the measured servers do: sizes and sums in the local headers, all of 32 bits. */
final class ZipWriter extends ArchiveWriter {
  private static final int LOCAL = 30;
  private static final int LISTED = 46;
  private static final int END = 22;

  private final List<PackedFile> files;
  private final long noise;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Long> cuts;
  private final long fillerSum;

  private record Entry(String path, int method, long sum, long stored, long plain, long at) {}

  private ZipWriter(StoredBackup row, List<Long> cuts, long fillerSum) {
    super(row);
    this.cuts = cuts;
    this.fillerSum = fillerSum;
    files = new SiteContents(row).files();
    long used = (row.parts > 1 ? 4 : 0) + END + size(SiteContents.FILLER, 0);
    for (PackedFile file : files) {
      used += size(file.path(), file.deflated().length);
    }
    noise = row.planned - used;
  }

  private static long size(String path, long data) {
    return LOCAL + LISTED + 2L * path.length() + data;
  }

  /** The directory says in which volume each entry is, so where they end must be known first. */
  static ArchiveLayout write(StoredBackup row) {
    ZipWriter first = new ZipWriter(row, List.of(0L), 0);
    ArchiveLayout draft = first.write();
    return new ZipWriter(row, draft.cuts(), first.fillerSum(draft)).write();
  }

  private long fillerSum(ArchiveLayout draft) {
    long begin = draft.lastEntry() + LOCAL + SiteContents.FILLER.length();
    CRC32 sum = new CRC32();
    for (long at = begin; at < begin + noise; at += 256 * 1024) {
      sum.update(draft.bytes().range(at, Math.min(begin + noise, at + 256 * 1024)));
    }
    return sum.getValue();
  }

  @Override
  ArchiveLayout write() {
    if (row.parts > 1) {
      out.bytes(new LittleEndianOutput().text("PK\7\b").toByteArray());
    }
    for (PackedFile file : files) {
      CRC32 sum = new CRC32();
      sum.update(file.plain());
      entry(file.path(), 8, sum.getValue(), file.deflated().length, file.plain().length);
      out.bytes(file.deflated());
    }
    long last = out.size();
    entry(SiteContents.FILLER, 0, fillerSum, noise, noise);
    out.noise(noise);
    long directory = out.size();
    List<ArchiveLayout.Listed> listed = new ArrayList<>();
    for (Entry entry : entries) {
      long from = out.size();
      writeWhole(listed(entry));
      listed.add(new ArchiveLayout.Listed(from, out.size(), entry.at()));
    }
    writeWhole(end(directory));
    return layout(0, last, directory, listed);
  }

  private void entry(String path, int method, long sum, long stored, long plain) {
    Entry entry = new Entry(path, method, sum, stored, plain, out.size());
    entries.add(entry);
    writeWhole(common(new LittleEndianOutput().text("PK\3\4").u16(20), entry).text(path));
  }

  /** What the local header and the directory both have. */
  private LittleEndianOutput common(LittleEndianOutput header, Entry entry) {
    ZonedDateTime time = row.start.atZone(ZoneOffset.UTC);
    header.u16(0x0800).u16(entry.method());
    header.u16(time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2);
    header.u16((time.getYear() - 1980) << 9 | time.getMonthValue() << 5 | time.getDayOfMonth());
    header.u32(entry.sum()).u32(entry.stored()).u32(entry.plain());
    return header.u16(entry.path().length()).u16(0);
  }

  private LittleEndianOutput listed(Entry entry) {
    int volume = volumeOf(entry.at());
    LittleEndianOutput listed = new LittleEndianOutput().text("PK\1\2").u16(20).u16(20);
    common(listed, entry).u16(0).u16(volume).u16(0).u32(0xFE49_FFE0L);
    return listed.u32(entry.at() - cuts.get(volume)).text(entry.path());
  }

  private LittleEndianOutput end(long directory) {
    int first = volumeOf(directory);
    LittleEndianOutput end = new LittleEndianOutput().text("PK\5\6");
    end.u16(volumeOf(out.size())).u16(first).u16(entries.size()).u16(entries.size());
    return end.u32(out.size() - directory).u32(directory - cuts.get(first)).u16(0);
  }

  private int volumeOf(long at) {
    return (int) cuts.stream().skip(1).filter(cut -> cut <= at).count();
  }
}
