package io.github.camelakeeba.simulator.archive;

import io.github.camelakeeba.simulator.http.ArchiveBytes;
import java.nio.charset.StandardCharsets;

/** A whole archive of an exact size, of the kind that its name says. */
public final class SyntheticArchive {
  /** Below this size there is no room for the entries. */
  public static final int MIN_SIZE = 8192;

  private SyntheticArchive() {}

  static ArchiveLayout of(StoredBackup row) {
    if (row.planned < MIN_SIZE) {
      return ArchiveLayout.plain(ArchiveBytes.zeros(row.planned), row.planned, row.parts);
    }
    ArchiveLayout layout =
        switch (row.kind()) {
          case "jpa" -> new JpaWriter(row).write();
          case "zip" -> new ZipWriter(row).write();
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
    byte[] begin =
        bytes(
            new SiteContents(row).dump()
                + "INSERT INTO `"
                + row.tablePrefix
                + "session`  VALUES \n('");
    byte[] end = bytes("');\n");
    ArchiveBytes.Builder dump = new ArchiveBytes.Builder(row.id).bytes(begin);
    dump.repeated((byte) 'x', row.planned - begin.length - end.length).bytes(end);
    return ArchiveLayout.plain(dump.build(), row.planned, row.parts);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
