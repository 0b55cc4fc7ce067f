package io.github.camelakeeba.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What {@code mvn -Pdistribution package} has made, as a user gets it. */
final class Distribution {
  static final Path TARGET = Path.of("target").toAbsolutePath();
  static final List<String> KITS = List.of("demo", "ftp", "jms", "kafka", "s3");
  private static final long PATIENCE_SECONDS = 180;

  private Distribution() {}

  /** How a process ended, with all that it printed. */
  record Ended(int code, String out, String err) {}

  static Path zip() throws IOException {
    return one("camel-akeeba-backup-[0-9]*.zip");
  }

  static Path tar() throws IOException {
    return one("camel-akeeba-backup-[0-9]*.tar.gz");
  }

  static Path kit(String name) throws IOException {
    return one("camel-akeeba-backup-kit-%s-[0-9]*.zip".formatted(name));
  }

  static Path deb() throws IOException {
    return one("camel-akeeba-backup_*_all.deb");
  }

  private static Path one(String pattern) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(TARGET, pattern)) {
      files.forEach(found::add);
    }
    assertThat(found).as("target/%s: mvn -Pdistribution package makes it", pattern).hasSize(1);
    return found.get(0);
  }

  /** Unpacks the zip there, as a user would; the folder that came out of it. */
  static Path unzip(Path folder) throws Exception {
    must(folder, "unzip", "-q", zip().toString());
    List<Path> out = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "camel-akeeba-backup-*")) {
      files.forEach(out::add);
    }
    assertThat(out).hasSize(1);
    return out.get(0);
  }

  static void unzipKit(String name, Path folder) throws Exception {
    must(folder, "unzip", "-q", "-o", kit(name).toString());
  }

  /** Runs it, and fails where it does. */
  static String must(Path folder, String... command) throws Exception {
    Ended ended = run(folder, Map.of(), command);
    assertThat(ended.code()).as("%s%n%s%s", List.of(command), ended.out(), ended.err()).isZero();
    return ended.out();
  }

  static Ended run(Path folder, Map<String, String> environment, String... command)
      throws Exception {
    Path out = Files.createTempFile("out", null);
    Path err = Files.createTempFile("err", null);
    try {
      Process process = start(folder, environment, out, err, command);
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(List.of(command) + " did not end: " + Files.readString(err));
      }
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Starts it with nothing of ours in its environment, and the Java of this test. */
  static Process start(
      Path folder, Map<String, String> environment, Path out, Path err, String... command)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BACKUP_"));
    builder.environment().remove("JAVA_OPTS");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("BACKUP_CLASS_ARCHIVE", "off");
    builder.environment().putAll(environment);
    return builder.start();
  }
}
