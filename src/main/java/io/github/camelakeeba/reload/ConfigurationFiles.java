package io.github.camelakeeba.reload;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files below {@code config/}, by size and time. They are looked at again and again, since
 * mounted folders, as those of Kubernetes, tell of no change.
 */
public final class ConfigurationFiles {
  private static final int MAX_DEPTH = 8;

  private final Path folder;
  private final boolean watched;
  private Map<String, String> taken;
  private Map<String, String> seen;

  /** Not watched: {@link #changed} is never true. */
  public ConfigurationFiles(Path folder, boolean watched) {
    this.folder = folder;
    this.watched = watched;
    this.taken = watched ? look() : Map.of();
    this.seen = taken;
  }

  /**
   * Whether they are others than at the last time that it was so, and the same as at the last look:
   * what is being written is waited for. Each change is told once.
   */
  public synchronized boolean changed() {
    if (!watched) {
      return false;
    }
    Map<String, String> now = look();
    boolean still = now.equals(seen);
    seen = now;
    if (!still || now.equals(taken)) {
      return false;
    }
    taken = now;
    return true;
  }

  private Map<String, String> look() {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> below = Files.walk(folder, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      below.forEach(
          file -> {
            String state = state(file);
            if (state != null) {
              files.put(file.toString(), state);
            }
          });
    } catch (IOException | java.io.UncheckedIOException e) {
      files.put("", String.valueOf(e.getMessage())); // as while a folder is being replaced
    }
    return files;
  }

  /** Null: it is no file, or is gone since. */
  private static String state(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.isRegularFile()
          ? now.size() + " " + now.lastModifiedTime().toMillis() + " " + now.fileKey()
          : null;
    } catch (IOException e) {
      return null;
    }
  }
}
