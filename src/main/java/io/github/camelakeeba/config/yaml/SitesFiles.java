package io.github.camelakeeba.config.yaml;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * {@code sites.yaml} and the files of {@code sites.d} beside it, in the order of their names. Links
 * are followed, since Kubernetes mounts each file of a ConfigMap as one.
 */
final class SitesFiles {
  /** The folder beside {@code sites.yaml}. */
  static final String FOLDER = "sites.d";

  /**
   * A file that was read.
   *
   * @param label the last names of its path, as problems name it
   * @param text null: it could not be read
   * @param problem why not
   * @param main whether it is {@code sites.yaml}
   */
  record SitesFile(String label, String text, String problem, boolean main) {}

  private SitesFiles() {}

  /** The first is {@code sites.yaml}, without text and problem where the folder does without. */
  static List<SitesFile> read(Path main) {
    return read(main, null, null);
  }

  /** As if one of them, which may not be there yet, held this text. */
  static List<SitesFile> read(Path main, Path changed, String text) {
    List<SitesFile> files = new ArrayList<>(existing(main));
    if (changed == null) {
      return files;
    }
    Path file = main.toAbsolutePath();
    boolean whole = changed.toAbsolutePath().equals(file);
    String label = label(changed.toAbsolutePath(), whole ? 2 : 3);
    files.removeIf(one -> one.label().equals(label));
    if (!whole && files.get(0).problem() != null && !Files.exists(file)) {
      files.set(0, new SitesFile(files.get(0).label(), null, null, true));
    }
    files.add(whole ? 0 : files.size(), new SitesFile(label, withoutMark(text), null, whole));
    files.sort(Comparator.comparing(SitesFile::main).reversed().thenComparing(SitesFile::label));
    return files;
  }

  private static List<SitesFile> existing(Path main) {
    Path file = main.toAbsolutePath();
    // the last two names: the rest of the path is the machine's business
    String label = label(file, 2);
    List<SitesFile> parts = parts(file.resolveSibling(FOLDER));
    List<SitesFile> files = new ArrayList<>();
    if (Files.exists(file) || parts.isEmpty()) {
      files.add(
          Files.exists(file)
              ? read(file, label, true)
              : new SitesFile(
                  label,
                  null,
                  "no such file; --home names the directory that holds config/sites.yaml",
                  true));
    } else {
      files.add(new SitesFile(label, null, null, true));
    }
    files.addAll(parts);
    return files;
  }

  private static List<SitesFile> parts(Path folder) {
    List<Path> found = new ArrayList<>();
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, SitesFiles::isPart)) {
      files.forEach(found::add);
    } catch (IOException e) {
      String problem =
          Files.isDirectory(folder)
              ? "cannot be listed: " + SecretReader.reason(e)
              : "must be a directory with files such as customers.yaml";
      return List.of(new SitesFile(label(folder, 2), null, problem, false));
    }
    found.sort(Comparator.comparing(file -> file.getFileName().toString()));
    return found.stream().map(file -> read(file, label(file, 3), false)).toList();
  }

  /** What editors and mounts leave there begins with a dot or ends otherwise. */
  private static boolean isPart(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  /** The last names of a path, as problems name it. */
  static String label(Path file, int names) {
    int all = file.getNameCount();
    return file.subpath(Math.max(0, all - names), all)
        .toString()
        .replace('\\', '/')
        .replaceAll("\\p{Cntrl}", " ");
  }

  private static SitesFile read(Path file, String label, boolean main) {
    try {
      if (Files.isDirectory(file)) {
        return new SitesFile(label, null, "is a directory; it must be a file", main);
      }
      return new SitesFile(label, withoutMark(Files.readString(file)), null, main);
    } catch (IOException e) {
      String reason =
          Files.isSymbolicLink(file) && !Files.exists(file)
              ? "the link leads nowhere"
              : SecretReader.reason(e);
      return new SitesFile(label, null, "cannot be read: " + reason, main);
    }
  }

  /** Editors of Windows begin a file with a byte order mark. */
  static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }
}
