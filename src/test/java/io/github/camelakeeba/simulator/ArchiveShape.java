package io.github.camelakeeba.simulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * How an archive is laid out, in words that do not depend on what is in it: each kind of header
 * once. Throws {@link IllegalStateException} where it is not whole.
 */
final class ArchiveShape {
  private final ByteBuffer in;
  private final List<Integer> cuts;
  private final Set<String> words = new LinkedHashSet<>();

  private ArchiveShape(byte[] archive, List<Integer> cuts) {
    this.in = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    this.cuts = cuts;
  }

  /**
   * Reads all volumes one after the other.
   *
   * @param cuts where each volume but the first begins
   */
  static Set<String> of(String kind, byte[] archive, List<Integer> cuts)
      throws DataFormatException {
    ArchiveShape shape = new ArchiveShape(archive, cuts);
    switch (kind) {
      case "jpa" -> shape.jpa();
      case "zip" -> shape.zip();
      default -> shape.jps();
    }
    return shape.words;
  }

  private void jpa() throws DataFormatException {
    expect("JPA");
    int header = u16();
    String version = in.get() + "." + in.get();
    int entries = in.getInt();
    long low = in.getInt();
    long lowStored = in.getInt();
    StringBuilder fields = new StringBuilder();
    long plain = 0;
    long stored = 0;
    while (in.position() < header) {
      expect("JP");
      String field = in.get() + "." + in.get();
      int length = u16();
      fields.append(" JP ").append(field).append(" of ").append(length);
      if (field.equals("1.1")) {
        check(u16() == cuts.size() + 1, "number of volumes");
      } else {
        plain = in.getLong();
        stored = in.getLong();
      }
    }
    words.add("archive header of " + header + ", version " + version + "," + fields);
    check((int) plain == low && (int) stored == lowStored, "low halves of the sums");
    for (int i = 0; i < entries; i++) {
      int begin = in.position();
      expect("JPF");
      int length = u16();
      text(u16());
      String kind = "entry of type " + in.get() + ", method " + in.get();
      int smallStored = in.getInt();
      int smallPlain = in.getInt();
      in.getInt();
      StringBuilder extras = new StringBuilder();
      long[] sizes = {0, 0};
      while (in.position() < begin + length) {
        int field = u16();
        int size = u16();
        extras.append(" %04x of %d".formatted(Integer.reverseBytes(field) >>> 16, size));
        if (size == 20) {
          sizes = new long[] {in.getLong(), in.getLong()};
        } else {
          in.position(in.position() + size - 4);
        }
      }
      words.add(kind + "," + extras);
      check((int) sizes[0] == smallStored && (int) sizes[1] == smallPlain, "both sizes");
      uncut(begin, in.position());
      check(data(kind.endsWith("method 1"), (int) sizes[0]).length == sizes[1], "plain size");
      stored -= sizes[0];
      plain -= sizes[1];
    }
    check(stored == 0 && plain == 0, "sums");
    check(!in.hasRemaining(), "end");
  }

  private void zip() throws DataFormatException {
    if (!cuts.isEmpty()) {
      expect("PK\7\10");
      words.add("span mark");
    }
    int entries = 0;
    while (in.getInt(in.position()) == 0x0403_4b50) {
      local();
      entries++;
    }
    int directory = in.position();
    for (int i = 0; i < entries; i++) {
      listed();
    }
    int end = in.position();
    expect("PK\5\6");
    check(u16() == volume(end) && u16() == volume(directory), "numbers of volumes");
    check(u16() == entries && u16() == entries, "number of entries");
    check(in.getInt() == end - directory, "size of the directory");
    check(in.getInt() == directory - begin(volume(directory)), "place of the directory");
    text(u16());
    words.add("end of the directory");
    check(!in.hasRemaining(), "end");
  }

  private void local() throws DataFormatException {
    int begin = in.position();
    expect("PK\3\4");
    int version = u16();
    words.add("local header, version %d, flags %04x".formatted(version, u16()));
    int method = u16();
    in.getInt();
    int sum = in.getInt();
    int stored = in.getInt();
    int plain = in.getInt();
    int name = u16();
    check(u16() == 0, "no extra field");
    text(name);
    uncut(begin, in.position());
    byte[] data = data(method == 8, stored);
    CRC32 counted = new CRC32();
    counted.update(data);
    check(data.length == plain && (int) counted.getValue() == sum, "size and sum of an entry");
  }

  private void listed() {
    int begin = in.position();
    expect("PK\1\2");
    words.add("listed, version %d of %d, flags %04x".formatted(u16(), u16(), u16()));
    in.position(begin + 28);
    int name = u16();
    check(u16() == 0 && u16() == 0, "no extra field, no comment");
    int volume = u16();
    in.position(begin + 42);
    check(in.getInt(begin(volume) + in.getInt()) == 0x0403_4b50, "place of an entry");
    text(name);
    uncut(begin, in.position());
  }

  private void jps() {
    expect("JPS");
    String version = in.get() + "." + in.get();
    check(in.get() == (cuts.isEmpty() ? 0 : 1), "split");
    words.add("JPS " + version + ", extra headers of " + u16() + ", " + key());
    int entries = 0;
    long lengths = 0;
    for (; !at("JPE"); ) {
      int begin = in.position();
      if (at("JPF")) {
        expect("JPF");
        blob(u16(), u16());
        uncut(begin, in.position());
        words.add("entry");
        entries++;
      } else {
        uncut(begin, begin + 8);
        int stored = in.getInt();
        int plain = in.getInt();
        blob(stored, plain);
        words.add("block");
        lengths += plain;
      }
    }
    uncut(in.position(), in.position() + 17);
    expect("JPE");
    check(u16() == cuts.size() + 1 && in.getInt() == entries, "counts");
    in.getInt();
    check(in.getInt() == (int) lengths, "sum of the blocks");
    check(!in.hasRemaining(), "end");
  }

  private String key() {
    expect("JH");
    String key = "JH " + in.get() + "." + in.get() + " of " + u16();
    key += ", hash " + in.get() + ", " + in.getInt() + " rounds, static salt " + in.get();
    in.position(in.position() + 64);
    return key;
  }

  private void blob(int stored, int plain) {
    int padded = plain == 16 ? 16 : (plain / 16 + 1) * 16;
    check(stored == padded + 24, "padding of " + plain + " to " + stored);
    in.position(in.position() + padded);
    expect("JPIV");
    in.position(in.position() + 16);
    check(in.getInt() == plain, "plain length");
  }

  private boolean at(String mark) {
    return mark.equals(
        new String(in.array(), in.position(), mark.length(), StandardCharsets.ISO_8859_1));
  }

  private void expect(String mark) {
    check(at(mark), mark);
    in.position(in.position() + mark.length());
  }

  private int u16() {
    return in.getShort() & 0xFFFF;
  }

  private void text(int length) {
    in.position(in.position() + length);
  }

  private int volume(int at) {
    return (int) cuts.stream().filter(cut -> cut <= at).count();
  }

  private int begin(int volume) {
    return volume == 0 ? 0 : cuts.get(volume - 1);
  }

  private void uncut(int begin, int end) {
    check(cuts.stream().noneMatch(cut -> cut > begin && cut < end), "a header in one volume");
  }

  private byte[] data(boolean deflated, int length) throws DataFormatException {
    byte[] data = new byte[length];
    in.get(data);
    if (!deflated) {
      return data;
    }
    Inflater inflater = new Inflater(true);
    inflater.setInput(data);
    byte[] plain = new byte[8 * 1024 * 1024];
    int n = inflater.inflate(plain);
    check(inflater.finished() && inflater.getRemaining() == 0, "a deflate stream");
    inflater.end();
    return java.util.Arrays.copyOf(plain, n);
  }

  private void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException(what + ", not so at " + in.position());
    }
  }
}
