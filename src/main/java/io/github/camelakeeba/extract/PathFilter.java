package io.github.camelakeeba.extract;

import io.github.camelakeeba.config.FileEncoding;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Which entries of an archive are wanted. A pattern is one of Java's globs: {@code *} and {@code ?}
 * stay within a name, {@code **} crosses folders, {@code [abc]} and {@code {a,b}} choose. Without a
 * '/' it is of a name at any depth, else of the path from the archive's top; a folder that fits
 * brings all that is in it.
 */
public final class PathFilter {
  public static final PathFilter ALL = new PathFilter(List.of());

  private final List<Pattern> patterns;

  private record Pattern(PathMatcher matcher, boolean ofName) {}

  private PathFilter(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /** Of one or several patterns, of which one must fit; throws {@link IllegalArgumentException}. */
  public static PathFilter of(List<String> globs) {
    return new PathFilter(globs.stream().map(PathFilter::pattern).toList());
  }

  private static Pattern pattern(String glob) {
    String bare = glob.replaceFirst("^(\\./|/)+", "").replaceFirst("/+$", "");
    if (bare.isEmpty()) {
      throw new IllegalArgumentException("an empty pattern fits no path: '%s'".formatted(glob));
    }
    try {
      return new Pattern(
          FileSystems.getDefault().getPathMatcher("glob:" + bare), bare.indexOf('/') < 0);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'%s' is no pattern: %s; an example: '**/*.php'".formatted(glob, e.getDescription()));
    }
  }

  /** Whether a path, as an archive has it, is wanted. */
  public boolean accepts(String path) {
    if (patterns.isEmpty()) {
      return true;
    }
    try {
      for (Path part = Path.of(path); part != null; part = part.getParent()) {
        Path whole = part;
        Path name = part.getFileName();
        if (patterns.stream()
            .anyMatch(
                one ->
                    one.matcher().matches(whole)
                        || one.ofName() && name != null && one.matcher().matches(name))) {
          return true;
        }
      }
      return false;
    } catch (InvalidPathException e) {
      // on Windows, or where a locale encodes few letters: it is told when it can't be written
      return FileEncoding.warning() != null || patterns.stream().anyMatch(Pattern::ofName);
    }
  }
}
