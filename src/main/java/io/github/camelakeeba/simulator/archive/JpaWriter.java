package io.github.camelakeeba.simulator.archive;

import io.github.camelakeeba.simulator.http.ArchiveBytes;
import java.util.ArrayList;
import java.util.List;

/** Writes JPA 1.3 as 64-bit servers do (measured: protocol, section 8). */
final class JpaWriter {
  /** Of an archive header that is one file, of one that is split. */
  private static final int SINGLE = 41;

  private static final int SPLIT = 49;

  private final StoredBackup row;
  private final ArchiveBytes.Builder out;
  private final List<long[]> whole = new ArrayList<>();

  JpaWriter(StoredBackup row) {
    this.row = row;
    this.out = new ArchiveBytes.Builder(row.id);
  }

  ArchiveLayout write() {
    List<PackedFile> files = new SiteContents(row).files();
    int header = row.parts > 1 ? SPLIT : SINGLE;
    byte[] filler = entry(SiteContents.FILLER, 0, 0, 0);
    long used = header + filler.length;
    long plain = 0;
    long stored = 0;
    for (PackedFile file : files) {
      used += entry(file).length + file.deflated().length;
      plain += file.plain().length;
      stored += file.deflated().length;
    }
    long noise = row.planned - used;
    whole(header(header, files.size() + 1, plain + noise, stored + noise));
    for (PackedFile file : files) {
      whole(entry(file));
      out.bytes(file.deflated());
    }
    long last = out.size();
    whole(entry(SiteContents.FILLER, 0, noise, noise));
    out.noise(noise);
    List<Long> cuts = ArchiveLayout.cuts(whole, row.planned, row.parts);
    return new ArchiveLayout(out.build(), cuts, header, last, row.planned, List.of());
  }

  private void whole(byte[] bytes) {
    whole.add(new long[] {out.size(), out.size() + bytes.length});
    out.bytes(bytes);
  }

  /** The counts are 0 until it is written anew at the end of the backup. */
  private byte[] header(int length, int entries, long plain, long stored) {
    boolean ended = row.complete();
    LittleEndianOutput header = new LittleEndianOutput().text("JPA").u16(length).u8(1).u8(3);
    header.u32(ended ? entries : 0).u32(ended ? plain : 0).u32(ended ? stored : 0);
    if (length == SPLIT) {
      header.text("JP\1\1").u16(4).u16(row.parts);
    }
    return header
        .text("JP\1\2")
        .u16(18)
        .u64(ended ? plain : 0)
        .u64(ended ? stored : 0)
        .toByteArray();
  }

  private byte[] entry(PackedFile file) {
    return entry(file.path(), 1, file.deflated().length, file.plain().length);
  }

  private byte[] entry(String path, int compression, long stored, long plain) {
    LittleEndianOutput entry = new LittleEndianOutput().text("JPF");
    entry.u16(21 + path.length() + 8 + 20).u16(path.length()).text(path);
    entry.u8(1).u8(compression).u32(stored).u32(plain).u32(0100644);
    entry.u8(0).u8(1).u16(8).u32(row.start.getEpochSecond());
    return entry.u8(0).u8(2).u16(20).u64(stored).u64(plain).toByteArray();
  }
}
