package io.github.camelakeeba.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.packaging.PomJar;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.store.SharedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.h2.engine.Constants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host whose class path is the library's jar, what Maven brings with it (src/it/library), and the
 * driver of one database at most: no metrics, no traces, nothing of the program.
 */
@Tag("process")
class BareHostTest {
  private static final String TRIGGER_AND_CHANNEL =
      """
      channels:
        host: {type: camel, uri: "seda:outcomes"}
      notify:
        - {on: [completed, warning, failed], to: host}
      triggers:
        - {from: "seda:deploys"}
      """;

  @TempDir Path folder;

  private static Path jar(String artifact) {
    List<Path> found = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (new File(entry).getName().matches(artifact + "-[0-9][^/]*[.]jar")) {
        found.add(Path.of(entry));
      }
    }
    assertThat(found).as(artifact).isNotEmpty();
    return found.get(0);
  }

  /** What a host prints, a line for each start. */
  private List<String> host(String driver, Properties... starts) throws Exception {
    List<String> classPath = new ArrayList<>();
    classPath.add(PomJar.LIBRARY.pack(folder).toString());
    for (String dependency : Files.readAllLines(Path.of("src/it/library/dependencies.txt"))) {
      classPath.add(jar(dependency.substring(dependency.indexOf(':') + 1)).toString());
    }
    if (driver != null) {
      classPath.add(jar(driver).toString());
    }
    classPath.add(classOfHost().toString());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, classPath),
                BareHost.class.getName()));
    for (Properties start : starts) {
      StringWriter written = new StringWriter();
      start.store(written, null);
      command.add(written.toString());
    }
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process host =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      assertThat(
              host.waitFor(RunningProduct.PATIENCE.multipliedBy(3).toSeconds(), TimeUnit.SECONDS))
          .isTrue();
    } finally {
      host.destroyForcibly();
    }
    assertThat(host.exitValue()).as(Files.readString(err)).isZero();
    assertThat(Files.readString(err)).doesNotContain("NoClassDefFoundError");
    return Files.readAllLines(out);
  }

  private Path classOfHost() throws IOException {
    Path classes = folder.resolve("host");
    String name = BareHost.class.getName().replace('.', '/') + ".class";
    Path file = classes.resolve(name);
    Files.createDirectories(file.getParent());
    Files.copy(Path.of("target", "test-classes").resolve(name), file);
    return classes;
  }

  private static String state(String event) throws IOException {
    assertThat(event).startsWith("{");
    return new ObjectMapper().readTree(event).at("/data/state").asText();
  }

  @Test
  void with_h2_alone_a_backup_is_taken_and_traces_say_what_they_lack() throws Exception {
    try (SampleSite shop = new SampleSite(folder, TRIGGER_AND_CHANNEL)) {
      Properties stored = shop.properties();
      stored.setProperty("backup.data", folder.resolve("store").toString());
      Properties traced = shop.properties();
      traced.setProperty("backup.traces", "true");

      List<String> printed = host("h2", stored, traced);

      assertThat(state(printed.get(0))).isEqualTo("completed");
      assertThat(printed.get(1))
          .isEqualTo(
              "backup.traces: OpenTelemetry is not there; set it to false, or put the jars"
                  + " io.opentelemetry:opentelemetry-sdk-extension-autoconfigure,"
                  + " opentelemetry-exporter-otlp and opentelemetry-exporter-sender-jdk on the"
                  + " class path");
      assertThat(shop.site().requests("startBackup")).hasSize(1);
    }
  }

  @Test
  @Tag("postgres")
  void with_the_driver_of_postgresql_alone_a_backup_is_taken() throws Exception {
    try (SampleSite shop = new SampleSite(folder, TRIGGER_AND_CHANNEL)) {
      Properties stored = shop.properties();
      stored.setProperty("backup.database.url", SharedPostgres.newDatabase());
      stored.setProperty("backup.database.user", "postgres");

      assertThat(state(host("postgresql", stored).get(0))).isEqualTo("completed");
    }
  }

  @Test
  void without_a_driver_the_start_says_which_jar_to_add() throws Exception {
    try (SampleSite shop = new SampleSite(folder, TRIGGER_AND_CHANNEL)) {
      Properties postgres = shop.properties();
      postgres.setProperty("backup.database.url", "jdbc:postgresql://127.0.0.1:9/backup");

      assertThat(host(null, shop.properties(), postgres))
          .containsExactly(
              "backup.database.url: is not set, and the embedded store has no driver; set it, or"
                  + " put the jar com.h2database:h2:"
                  + Constants.VERSION
                  + " on the class path",
              "backup.database.url: has no driver; put the jar org.postgresql:postgresql on the"
                  + " class path");
    }
  }
}
