package io.github.camelakeeba.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The start script of the distribution that {@code mvn package} has unpacked. */
record StartScript(Path file, String java) {
  private static final long PATIENCE = 300; // seconds

  /** With the Java of this folder; throws {@link IllegalStateException} when there is no script. */
  static StartScript find(String java) throws IOException {
    try (Stream<Path> found = Files.list(Path.of("target"))) {
      return found
          .map(each -> each.resolve("bin/camel-akeeba-backup").toAbsolutePath())
          .filter(Files::exists)
          .findFirst()
          .map(file -> new StartScript(file, java))
          .orElseThrow(() -> new IllegalStateException("first: mvn -q package -DskipTests"));
    }
  }

  /** A process of this command line, in which the script stands. */
  ProcessBuilder process(List<String> line, String archive, List<String> options) {
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", java);
    builder.environment().put("BACKUP_CLASS_ARCHIVE", archive);
    builder.environment().put("JAVA_OPTS", String.join(" ", options));
    return builder;
  }

  /** Has the archive of loaded classes made in this home, and waits for it. */
  void makeArchive(Path home) throws IOException, InterruptedException {
    process(List.of(file.toString(), "check", "--home", home.toString()), "", List.of())
        .redirectError(new File("/dev/null"))
        .start()
        .waitFor(PATIENCE, TimeUnit.SECONDS);
    Path making = home.resolve("data/cache/making");
    long begin = System.nanoTime();
    while (Files.exists(making)) {
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE)) {
        throw new IllegalStateException("no archive was made");
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
