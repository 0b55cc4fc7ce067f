package io.github.camelakeeba.docs;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What documents write in code marks, and mean as a class or a file of this repository. */
final class Places {
  private static final Pattern CLASS =
      Pattern.compile("((?:[a-z]+[./])*[a-z]+)/([A-Z]\\w+)(?:[#.]\\w+)?");
  private static final Pattern FILE =
      Pattern.compile("(?:routes|src|docs|examples|[.]ci|[.]github)/[^ <>…]*");
  private static final Pattern ROUTES = Pattern.compile("[a-z*-]+[.](?:camel|kamelet)[.]yaml");

  private Places() {}

  /** Whether it is there, or means something else. */
  static boolean exist(String name) throws IOException {
    Matcher type = CLASS.matcher(name);
    if (type.matches()) {
      String file = type.group(1).replace('.', '/') + "/" + type.group(2) + ".java";
      return Files.exists(Path.of("src/main/java/io/github/camelakeeba", file))
          || Files.exists(Path.of("src/test/java/io/github/camelakeeba", file));
    }
    // a user's own routes
    if (FILE.matcher(name).matches() && !name.startsWith("routes/local")) {
      return matches(Path.of(name.replaceFirst("/[^/]*[*].*", "")), name);
    }
    return !ROUTES.matcher(name).matches()
        || matches(Path.of("routes"), "routes/" + name)
        || matches(Path.of("routes"), "routes/kamelets/" + name);
  }

  private static boolean matches(Path folder, String glob) throws IOException {
    if (!glob.contains("*")) {
      return Files.exists(Path.of(glob));
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(matcher::matches);
    }
  }
}
