package io.github.camelakeeba.app.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;

/** What to do when the demo has shown what it has. */
final class NextSteps {
  private NextSteps() {}

  static String text(boolean again) {
    return "%sYour own site: %s asks for its address and its secret, and writes config/sites.yaml.%n"
        .formatted(
            again ? "Enter takes the three backups again, Ctrl-C ends the demo.%n".formatted() : "",
            command("init"));
  }

  /** As it is written where this program was started. */
  private static String command(String name) {
    CodeSource source = NextSteps.class.getProtectionDomain().getCodeSource();
    boolean built = source != null && Files.isDirectory(Path.of(source.getLocation().getPath()));
    return built
        ? "mvn -q exec:java -Dexec.args=" + name
        : "'camel-akeeba-backup %s'".formatted(name);
  }
}
