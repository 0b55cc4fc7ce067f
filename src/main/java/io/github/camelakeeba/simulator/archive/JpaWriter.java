package io.github.camelakeeba.simulator.archive;

import java.util.List;

/** Writes JPA 1.3 as 64-bit servers do (measured on Akeeba Backup 9 and 10). */
final class JpaWriter extends ArchiveWriter {
  /** Bytes of the header of an archive that is one file, of one that is split. */
  private static final int SINGLE = 41;

  private static final int SPLIT = 49;

  JpaWriter(StoredBackup row) {
    super(row);
  }

  @Override
  ArchiveLayout write() {
    List<PackedFile> files = new SiteContents(row).files();
    int header = row.parts > 1 ? SPLIT : SINGLE;
    long used = header + entry(SiteContents.FILLER, 0, 0, 0).size();
    long plain = 0;
    long stored = 0;
    for (PackedFile file : files) {
      used += entry(file).size() + file.deflated().length;
      plain += file.plain().length;
      stored += file.deflated().length;
    }
    long noise = row.planned - used;
    writeWhole(header(header, files.size() + 1, plain + noise, stored + noise));
    for (PackedFile file : files) {
      writeWhole(entry(file));
      out.bytes(file.deflated());
    }
    long last = out.size();
    writeWhole(entry(SiteContents.FILLER, 0, noise, noise));
    out.noise(noise);
    return layout(header, last, row.planned, List.of());
  }

  /** The counts are 0 until it is written anew at the end of the backup. */
  private LittleEndianOutput header(int length, int entries, long plain, long stored) {
    long counted = row.complete() ? 1 : 0;
    LittleEndianOutput header = new LittleEndianOutput().text("JPA").u16(length).u8(1).u8(3);
    header.u32(counted * entries).u32(counted * plain).u32(counted * stored);
    if (length == SPLIT) {
      header.text("JP\1\1").u16(4).u16(row.parts);
    }
    return header.text("JP\1\2").u16(18).u64(counted * plain).u64(counted * stored);
  }

  private LittleEndianOutput entry(PackedFile file) {
    return entry(file.path(), 1, file.deflated().length, file.plain().length);
  }

  private LittleEndianOutput entry(String path, int compression, long stored, long plain) {
    LittleEndianOutput entry = new LittleEndianOutput().text("JPF");
    entry.u16(21 + path.length() + 8 + 20).u16(path.length()).text(path);
    entry.u8(1).u8(compression).u32(stored).u32(plain).u32(0100644);
    entry.u8(0).u8(1).u16(8).u32(row.start.getEpochSecond());
    return entry.u8(0).u8(2).u16(20).u64(stored).u64(plain);
  }
}
