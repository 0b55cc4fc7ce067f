package io.github.camelakeeba.app.cli.output;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** A command of this program as it is written where the program was started. */
public final class ProgramName {
  /** How the start script was called. */
  static final String PROPERTY = "backup.program";

  private ProgramName() {}

  /** To be typed into a shell, such as {@code bin/camel-akeeba-backup check}. */
  public static String with(String command) {
    return with(
        command, System.getProperty(PROPERTY), System.getProperty("java.class.path"), isBuilt());
  }

  /** Out of a build, which has classes in place of a jar. */
  private static boolean isBuilt() {
    CodeSource source = ProgramName.class.getProtectionDomain().getCodeSource();
    return source != null && Files.isDirectory(Path.of(source.getLocation().getPath()));
  }

  static String with(String command, String script, String classPath, boolean built) {
    if (script != null && !script.isBlank()) {
      return quoted(script) + " " + command;
    }
    if (built) {
      return "mvn -q exec:java -Dexec.args=" + quoted(command);
    }
    // with -jar the class path is that jar alone
    return classPath.matches("[^:;]+\\.jar")
        ? "java -jar %s %s".formatted(quoted(classPath), command)
        : "camel-akeeba-backup " + command;
  }

  private static String quoted(String word) {
    return word.contains(" ") ? '"' + word + '"' : word;
  }
}
