package io.github.camelakeeba.simulator.archive;

import java.util.List;

/** Writes the structure of JPS 2.0, as measured; without the password its cipher text is noise. */
final class JpsWriter extends ArchiveWriter {
  private static final int CIPHER = 16;

  /** Behind each cipher text: a mark, the initialization vector, the plain length. */
  private static final int TRAILER = 24;

  private static final int CHUNK = 1024 * 1024;
  private static final int END = 17; // JPE and its counts

  private long lengths;

  JpsWriter(StoredBackup row) {
    super(row);
  }

  @Override
  ArchiveLayout write() {
    LittleEndianOutput header = new LittleEndianOutput().text("JPS").u8(2).u8(0);
    header.u8(row.parts > 1 ? 1 : 0).u16(76);
    header.text("JH").u8(0).u8(1).u16(76).u8(0).u32(128_000).u8(1);
    out.bytes(header.toByteArray()).noise(64);
    int entries = 0;
    long plain = 0;
    for (PackedFile file : new SiteContents(row).files()) {
      entry(file.path());
      block(cipherLength(file.deflated().length), file.deflated().length);
      plain += file.plain().length;
      entries++;
    }
    // each folder shifts the end by what no block can, whose length is a multiple of 16
    while ((room() - entrySize(SiteContents.FILLER)) % CIPHER != 0) {
      entry("empty-" + entries + "/");
      entries++;
    }
    long last = out.size();
    entry(SiteContents.FILLER);
    entries++;
    long before = lengths;
    fill(room());
    plain += lengths - before;
    LittleEndianOutput end = new LittleEndianOutput().text("JPE").u16(row.parts).u32(entries);
    writeWhole(end.u32(plain).u32(lengths));
    return layout(0, last, row.planned - END, List.of());
  }

  private long room() {
    return row.planned - END - out.size();
  }

  private void fill(long length) {
    int min = 8 + CIPHER + TRAILER;
    for (long left = length; left > 0; ) {
      long next = Math.min(left, 8 + CHUNK + TRAILER);
      if (left > next && left - next < min) {
        next -= min;
      }
      int cipher = (int) (next - 8 - TRAILER);
      block(cipher, cipher - 5);
      left -= next;
    }
  }

  private static int entrySize(String path) {
    return 7 + cipherLength(16 + path.length()) + TRAILER;
  }

  /** Padded to 16 bytes; a multiple of them beyond the first gets 16 more. */
  private static int cipherLength(int plain) {
    return plain == CIPHER ? CIPHER : (plain / CIPHER + 1) * CIPHER;
  }

  private void entry(String path) {
    int plain = 16 + path.length();
    int cipher = cipherLength(plain);
    keepWhole(entrySize(path));
    out.bytes(new LittleEndianOutput().text("JPF").u16(cipher + TRAILER).u16(plain).toByteArray());
    blob(cipher, plain);
  }

  private void block(int cipher, int plain) {
    writeWhole(new LittleEndianOutput().u32(cipher + TRAILER).u32(plain));
    blob(cipher, plain);
    lengths += plain;
  }

  private void blob(int cipher, int plain) {
    out.noise(cipher).bytes(new LittleEndianOutput().text("JPIV").toByteArray()).noise(16);
    out.bytes(new LittleEndianOutput().u32(plain).toByteArray());
  }
}
