package io.github.camelakeeba.simulator.archive;

import io.github.camelakeeba.simulator.http.ArchiveBytes;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Writes ZIP as the measured servers do: sizes and sums in the local headers, all of 32 bits. */
final class ZipWriter {
  private static final int LOCAL = 30;
  private static final int LISTED = 46;
  private static final int END = 22;

  private final StoredBackup row;
  private final List<PackedFile> files;
  private final long noise;

  private record Entry(String path, int method, long sum, long stored, long plain, long at) {}

  ZipWriter(StoredBackup row) {
    this.row = row;
    this.files = new SiteContents(row).files();
    long used = (row.parts > 1 ? 4 : 0) + END + size(SiteContents.FILLER, 0);
    for (PackedFile file : files) {
      used += size(file.path(), file.deflated().length);
    }
    this.noise = row.planned - used;
  }

  private static long size(String path, long data) {
    return LOCAL + LISTED + 2L * path.length() + data;
  }

  /** The directory says in which volume each entry is, so where they end must be known first. */
  ArchiveLayout write() {
    ArchiveLayout draft = new Pass(List.of(0L), 0).write();
    long begin = draft.lastEntry() + LOCAL + SiteContents.FILLER.length();
    CRC32 sum = new CRC32();
    for (long at = begin; at < begin + noise; at += 256 * 1024) {
      sum.update(draft.bytes().range(at, Math.min(begin + noise, at + 256 * 1024)));
    }
    return new Pass(draft.cuts(), sum.getValue()).write();
  }

  private final class Pass {
    private final ArchiveBytes.Builder out = new ArchiveBytes.Builder(row.id);
    private final List<long[]> whole = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Long> cuts;
    private final long fillersSum;

    Pass(List<Long> cuts, long fillersSum) {
      this.cuts = cuts;
      this.fillersSum = fillersSum;
    }

    ArchiveLayout write() {
      if (row.parts > 1) {
        out.bytes(new LittleEndianOutput().text("PK").u8(7).u8(8).toByteArray());
      }
      for (PackedFile file : files) {
        CRC32 sum = new CRC32();
        sum.update(file.plain());
        entry(file.path(), 8, sum.getValue(), file.deflated().length, file.plain().length);
        out.bytes(file.deflated());
      }
      long last = out.size();
      entry(SiteContents.FILLER, 0, fillersSum, noise, noise);
      out.noise(noise);
      long directory = out.size();
      List<ArchiveLayout.Listed> listed = new ArrayList<>();
      for (Entry entry : entries) {
        long from = out.size();
        whole(listed(entry));
        listed.add(new ArchiveLayout.Listed(from, out.size(), entry.at()));
      }
      whole(end(directory));
      List<Long> ends = ArchiveLayout.cuts(whole, row.planned, row.parts);
      return new ArchiveLayout(out.build(), ends, 0, last, directory, listed);
    }

    private void whole(byte[] bytes) {
      whole.add(new long[] {out.size(), out.size() + bytes.length});
      out.bytes(bytes);
    }

    private void entry(String path, int method, long sum, long stored, long plain) {
      Entry entry = new Entry(path, method, sum, stored, plain, out.size());
      entries.add(entry);
      LittleEndianOutput local = new LittleEndianOutput().text("PK").u8(3).u8(4).u16(20);
      whole(both(local, entry).text(path).toByteArray());
    }

    /** What the local header and the directory say in the same words. */
    private LittleEndianOutput both(LittleEndianOutput out, Entry entry) {
      ZonedDateTime time = row.start.atZone(ZoneOffset.UTC);
      out.u16(0x0800).u16(entry.method());
      out.u16(time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2);
      out.u16((time.getYear() - 1980) << 9 | time.getMonthValue() << 5 | time.getDayOfMonth());
      out.u32(entry.sum()).u32(entry.stored()).u32(entry.plain());
      return out.u16(entry.path().length()).u16(0);
    }

    private byte[] listed(Entry entry) {
      int volume = volumeOf(entry.at());
      LittleEndianOutput listed = new LittleEndianOutput().text("PK").u8(1).u8(2).u16(20).u16(20);
      both(listed, entry).u16(0).u16(volume).u16(0).u32(0xFE49_FFE0L);
      return listed.u32(entry.at() - cuts.get(volume)).text(entry.path()).toByteArray();
    }

    private byte[] end(long directory) {
      long end = out.size();
      int first = volumeOf(directory);
      int all = entries.size();
      return new LittleEndianOutput()
          .text("PK")
          .u8(5)
          .u8(6)
          .u16(volumeOf(end))
          .u16(first)
          .u16(all)
          .u16(all)
          .u32(end - directory)
          .u32(directory - cuts.get(first))
          .u16(0)
          .toByteArray();
    }

    private int volumeOf(long at) {
      int volume = 0;
      while (volume + 1 < cuts.size() && cuts.get(volume + 1) <= at) {
        volume++;
      }
      return volume;
    }
  }
}
