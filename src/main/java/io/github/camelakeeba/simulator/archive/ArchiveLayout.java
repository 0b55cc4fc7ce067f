package io.github.camelakeeba.simulator.archive;

import io.github.camelakeeba.simulator.http.ArchiveBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A whole archive, and where its structure lies; only a ZIP has entries of a directory. */
record ArchiveLayout(
    ArchiveBytes bytes, // all volumes one after the other
    List<Long> cuts, // where each volume begins, the first at 0
    int header, // bytes at its beginning that are written anew when the backup ends; 0: none are
    long lastEntry, // where the header of the last entry begins
    long tail, // where begins what is written when all is packed; its end: nothing is
    List<Listed> directory) {
  /** Begin and end of an entry of the directory, and where the entry itself begins. */
  record Listed(long from, long to, long entry) {}

  static ArchiveLayout of(StoredBackup row) {
    if (row.planned < StoredBackup.MIN_SIZE) {
      return plain(ArchiveBytes.zeros(row.planned), row);
    }
    ArchiveLayout layout =
        switch (row.kind()) {
          case "jpa" -> new JpaWriter(row).write();
          case "zip" -> ZipWriter.write(row);
          case "jps" -> new JpsWriter(row).write();
          default -> sql(row);
        };
    if (layout.bytes().size() != row.planned) {
      throw new IllegalStateException(layout.bytes().size() + " bytes, not " + row.planned);
    }
    return layout;
  }

  /** Statements, of which the last one has a long text. */
  private static ArchiveLayout sql(StoredBackup row) {
    String dump = new SiteContents(row).dump();
    String insert = "INSERT INTO `" + row.tablePrefix + "session`  VALUES \n('";
    byte[] begin = (dump + insert).getBytes(StandardCharsets.UTF_8);
    byte[] end = "');\n".getBytes(StandardCharsets.UTF_8);
    ArchiveBytes.Builder bytes = new ArchiveBytes.Builder(row.id).bytes(begin);
    bytes.repeated((byte) 'x', row.planned - begin.length - end.length).bytes(end);
    return plain(bytes.build(), row);
  }

  private static ArchiveLayout plain(ArchiveBytes bytes, StoredBackup row) {
    List<Long> cuts = cuts(List.of(), row.planned, row.parts);
    return new ArchiveLayout(bytes, cuts, 0, 0, row.planned, List.of());
  }

  /**
   * Cuts a stream into so many volumes: all but the last are equally long, unless something that
   * may not be cut ({@code whole}) is at a volume's end: then it begins the next one.
   */
  static List<Long> cuts(List<long[]> whole, long size, int parts) {
    for (long volume = (size + parts - 1) / parts; ; volume++) {
      List<Long> cuts = cuts(whole, size, volume);
      if (cuts.size() <= parts) {
        return cuts;
      }
    }
  }

  private static List<Long> cuts(List<long[]> whole, long size, long volume) {
    List<Long> cuts = new ArrayList<>(List.of(0L));
    for (long begin = 0; begin + volume < size; ) {
      long full = begin + volume;
      long last = begin;
      begin =
          whole.stream()
              .filter(each -> each[0] > last && each[0] < full && each[1] > full)
              .mapToLong(each -> each[0])
              .findFirst()
              .orElse(full);
      cuts.add(begin);
    }
    return cuts;
  }

  long end(int volume, long size) {
    return volume + 1 < cuts.size() ? cuts.get(volume + 1) : size;
  }

  /** The bytes with zeros from here to there; what was listed of it is gone from the directory. */
  ArchiveBytes withHole(ArchiveBytes from, long begin, long end) {
    ArchiveBytes holed = from.withHole(begin, end);
    for (Listed listed : directory) {
      if (listed.entry() >= begin && listed.entry() < end) {
        holed = holed.withHole(listed.from(), listed.to());
      }
    }
    return holed;
  }
}
