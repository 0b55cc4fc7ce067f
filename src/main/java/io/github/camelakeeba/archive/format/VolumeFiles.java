package io.github.camelakeeba.archive.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the volumes of an archive in a folder: {@code site.j01, site.j02, …, site.jpa} (or {@code
 * .jps}), and {@code site.z01, …, site.zip}.
 */
final class VolumeFiles {
  private static final Pattern NAME =
      Pattern.compile("(.+)\\.(?:(jpa|jps|zip|sql)|([jz])(\\d{2,6}))", Pattern.CASE_INSENSITIVE);
  private static final int ZIP_END = 22; // bytes of its end without the comment
  private static final int MAX_ZIP_COMMENT = 65_535;
  private static final byte[] ZIP_END_MARK = {'P', 'K', 5, 6};

  private VolumeFiles() {}

  static ArchiveSource of(Path given) throws IOException {
    Path file = given.toAbsolutePath();
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IOException(
          given
              + " is no archive: it ends neither in .jpa, .jps, .zip or .sql, nor as a part of one.");
    }
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(given.toString());
    }
    Path last = name.group(2) != null ? file : last(file, name.group(1), name.group(3));
    String ending = name.group(2) != null ? name.group(2) : ending(last);
    List<Path> volumes = new ArrayList<>();
    if (!last.equals(file) || !isAlone(last, ending)) {
      volumes.addAll(numbered(last, name.group(1), ending.charAt(0)));
    }
    volumes.add(last);
    return ArchiveSource.ofFiles(last.getFileName().toString(), volumes);
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The volume with the archive's own name, of which another is given. */
  private static Path last(Path volume, String base, String letter) throws IOException {
    List<String> endings = letter.equalsIgnoreCase("z") ? List.of("zip") : List.of("jpa", "jps");
    for (Path file : siblings(volume)) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()
          && name.group(1).equals(base)
          && name.group(2) != null
          && endings.contains(name.group(2).toLowerCase(Locale.ROOT))) {
        return file;
      }
    }
    throw new NoSuchFileException(
        volume.resolveSibling(base + "." + String.join(" or .", endings)).toString());
  }

  /** The others, 1, 2, 3, …; none: the archive is a single file. */
  private static List<Path> numbered(Path last, String base, char letter) throws IOException {
    TreeMap<Integer, Path> numbered = new TreeMap<>();
    for (Path file : siblings(last)) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()
          && name.group(1).equals(base)
          && name.group(3) != null
          && Character.toLowerCase(name.group(3).charAt(0)) == Character.toLowerCase(letter)) {
        numbered.put(Integer.parseInt(name.group(4)), file);
      }
    }
    for (int number = 1; number <= numbered.size(); number++) {
      if (!numbered.containsKey(number)) {
        throw new NoSuchFileException(
            last.resolveSibling(String.format(Locale.ROOT, "%s.%c%02d", base, letter, number))
                .toString());
      }
    }
    return List.copyOf(numbered.values());
  }

  private static List<Path> siblings(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.getParent())) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /**
   * Whether a file says of itself that it is all of its archive, so that volumes beside it are of
   * another: only a first volume begins with the mark of JPA or JPS, and the end of a ZIP has its
   * number.
   */
  private static boolean isAlone(Path file, String ending) throws IOException {
    String kind = ending.toUpperCase(Locale.ROOT);
    try (FileChannel in = FileChannel.open(file)) {
      if (kind.equals("ZIP")) {
        return isOnlyDisk(in);
      }
      byte[] mark = read(in, 0, 3).array();
      return kind.equals("SQL") || new String(mark, StandardCharsets.ISO_8859_1).equals(kind);
    }
  }

  private static boolean isOnlyDisk(FileChannel in) throws IOException {
    int length = (int) Math.min(in.size(), ZIP_END + MAX_ZIP_COMMENT);
    ByteBuffer tail = read(in, in.size() - length, length);
    for (int at = length - ZIP_END; at >= 0; at--) {
      if (tail.slice(at, ZIP_END_MARK.length).equals(ByteBuffer.wrap(ZIP_END_MARK))) {
        return tail.getShort(at + 4) == 0;
      }
    }
    return false;
  }

  private static ByteBuffer read(FileChannel in, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining() && in.read(bytes, from + bytes.position()) >= 0) {
      // on
    }
    return bytes;
  }
}
