package io.github.camelakeeba.extract;

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
  public static final PathFilter ALL = new PathFilter(List.of(), List.of());

  private final List<Pattern> only;
  private final List<Pattern> except;

  private record Pattern(PathMatcher matcher, boolean ofName) {}

  private PathFilter(List<Pattern> only, List<Pattern> except) {
    this.only = only;
    this.except = except;
  }

  /**
   * Of patterns; throws {@link IllegalArgumentException}.
   *
   * @param only of which one must fit; none: all are wanted
   * @param except of which none may fit
   */
  public static PathFilter of(List<String> only, List<String> except) {
    return new PathFilter(patterns(only), patterns(except));
  }

  private static List<Pattern> patterns(List<String> globs) {
    return globs.stream().map(PathFilter::pattern).toList();
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
    return (only.isEmpty() || fits(path, only)) && (except.isEmpty() || !fits(path, except));
  }

  private static boolean fits(String path, List<Pattern> patterns) {
    try {
      for (Path part = Path.of(path); part != null; part = part.getParent()) {
        for (Pattern pattern : patterns) {
          Path name = part.getFileName();
          if (pattern.matcher().matches(part)
              || pattern.ofName() && name != null && pattern.matcher().matches(name)) {
            return true;
          }
        }
      }
      return false;
    } catch (InvalidPathException e) {
      return false; // no file can be called so here, as is told where it is wanted
    }
  }
}
