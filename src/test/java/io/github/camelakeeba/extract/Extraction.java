package io.github.camelakeeba.extract;

import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One call of the extractor, and what is in a folder. */
record Extraction(
    List<Secret> passwords,
    PathFilter only,
    Long maxSize,
    boolean overwrite,
    ExtractProgress progress) {
  static final Extraction PLAIN =
      new Extraction(List.of(), PathFilter.ALL, null, false, new ExtractProgress());

  Extraction only(String... globs) {
    return new Extraction(
        passwords, PathFilter.of(List.of(globs), List.of()), maxSize, overwrite, progress);
  }

  Extraction password(String... words) {
    return new Extraction(
        Stream.of(words).map(Secret::new).toList(), only, maxSize, overwrite, progress);
  }

  Extraction maxSize(long bytes) {
    return new Extraction(passwords, only, bytes, overwrite, progress);
  }

  Extraction overwriting() {
    return new Extraction(passwords, only, maxSize, true, progress);
  }

  ExtractResult run(ArchiveSource source, Path to) {
    return new ArchiveExtractor()
        .extract(new ExtractRequest(source, passwords, to, only, maxSize, overwrite, progress));
  }

  /** Paths below a folder; of a folder with '/' at the end, of a link with its target. */
  static Map<String, Path> tree(Path folder) throws IOException {
    Map<String, Path> tree = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(one -> !one.equals(folder)).toList()) {
        String name = folder.relativize(path).toString().replace('\\', '/');
        if (Files.isSymbolicLink(path)) {
          tree.put(name + " -> " + Files.readSymbolicLink(path), path);
        } else {
          tree.put(Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? name + "/" : name, path);
        }
      }
    }
    return tree;
  }

  /** The names of the files below a folder. */
  static List<String> files(Path folder) throws IOException {
    return tree(folder).keySet().stream().filter(name -> !name.endsWith("/")).toList();
  }
}
