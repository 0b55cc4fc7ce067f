package io.github.camelakeeba.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.web.HealthProbe;
import io.github.camelakeeba.product.RunningProduct;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The container image as Jib makes it, without the Java that its base brings. */
@Tag("distribution")
@DisabledOnOs(OS.WINDOWS)
class ImageTest {
  private static final Path TAR = Path.of("target", "jib-image.tar");
  private static final String PROGRAM = "opt/camel-akeeba-backup/";

  @TempDir static Path root;
  private static JsonNode config;

  /** The entries of each layer, in their order. */
  private static final List<Map<String, TarArchiveEntry>> LAYERS = new ArrayList<>();

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void unpack() throws Exception {
    assertThat(TAR)
        .as("made by mvn -Pimage package jib:buildTar -Djib.from.image=scratch -DskipTests")
        .exists();
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (TarArchiveInputStream tar = tar(Files.newInputStream(TAR))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        files.put(entry.getName(), tar.readAllBytes());
      }
    }
    JsonNode manifest = new ObjectMapper().readTree(files.get("manifest.json")).get(0);
    config = new ObjectMapper().readTree(files.get(manifest.get("Config").asText())).get("config");
    for (JsonNode layer : manifest.get("Layers")) {
      unpackLayer(new ByteArrayInputStream(files.get(layer.asText())));
    }
  }

  private static TarArchiveInputStream tar(InputStream in) {
    return new TarArchiveInputStream(new BufferedInputStream(in));
  }

  private static void unpackLayer(InputStream layer) throws Exception {
    Map<String, TarArchiveEntry> entries = new LinkedHashMap<>();
    try (TarArchiveInputStream tar = tar(new GZIPInputStream(layer))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        entries.put(entry.getName(), entry);
        Path file = root.resolve(entry.getName()).normalize();
        assertThat(file.startsWith(root)).as(entry.getName()).isTrue();
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.write(file, tar.readAllBytes());
        }
      }
    }
    LAYERS.add(entries);
  }

  private static List<String> jars(Map<String, TarArchiveEntry> layer) {
    return layer.keySet().stream().filter(name -> name.endsWith(".jar")).toList();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  @Test
  void the_libraries_are_a_layer_of_their_own_and_all_three_jars_one_behind_it() {
    List<List<String>> jars = LAYERS.stream().map(ImageTest::jars).toList();
    List<String> libraries =
        jars.stream().filter(layer -> layer.size() > 50).findFirst().orElseThrow();
    List<String> own = jars.stream().filter(layer -> layer.size() == 4).findFirst().orElseThrow();

    assertThat(libraries)
        .noneMatch(name -> name.contains("camel-akeeba-backup-"))
        .allMatch(name -> name.startsWith(PROGRAM + "lib/"));
    assertThat(own)
        .contains(PROGRAM + "camel-akeeba-backup.jar")
        .anyMatch(name -> name.endsWith("-app.jar"))
        .anyMatch(name -> name.endsWith("-simulator.jar"));
    assertThat(jars.indexOf(libraries)).isLessThan(jars.indexOf(own));
    assertThat(jars.stream().mapToInt(List::size).sum())
        .as("no jar is in it twice")
        .isEqualTo(libraries.size() + own.size());
  }

  @Test
  void it_runs_as_a_user_who_is_not_root_and_writes_nowhere_but_to_its_volumes() {
    assertThat(config.get("User").asText()).isEqualTo("10001:10001");
    assertThat(config.get("Volumes").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("/config", "/data");
    Map<String, Integer> writable = new LinkedHashMap<>();
    LAYERS.forEach(
        layer ->
            layer.forEach(
                (name, entry) -> {
                  if ((entry.getMode() & 0022) != 0) {
                    writable.put(name, entry.getMode() & 0777);
                  }
                }));
    assertThat(writable).isEqualTo(Map.of("data/", 0777));
    for (String script : List.of("usr/local/bin/", PROGRAM + "bin/")) {
      assertThat(
              LAYERS.stream()
                  .map(layer -> layer.get(script + "camel-akeeba-backup"))
                  .filter(entry -> entry != null))
          .singleElement()
          .extracting(entry -> entry.getMode() & 0777)
          .isEqualTo(0755);
    }
  }

  @Test
  void it_serves_on_its_port_and_finds_its_configuration_at_the_root() {
    assertThat(texts(config.get("Entrypoint")))
        .startsWith("java")
        .endsWith("-jar", "/" + PROGRAM + "camel-akeeba-backup.jar");
    assertThat(texts(config.get("Cmd"))).containsExactly("serve");
    assertThat(config.get("ExposedPorts").fieldNames()).toIterable().containsExactly("8080/tcp");
    assertThat(texts(config.get("Env"))).contains("BACKUP_HOME=/");
    assertThat(config.at("/Labels/org.opencontainers.image.source").asText())
        .startsWith("https://github.com/");
    assertThat(root.resolve("config")).isEmptyDirectory();
  }

  @Test
  void what_it_starts_checks_serves_and_tells_its_health() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(home.resolve("config"));
    Ended nothing = run(home, "check");
    assertThat(nothing.code()).as(nothing.out()).isEqualTo(2);
    assertThat(nothing.err()).contains("sites.yaml");

    Files.writeString(
        home.resolve("config/sites.yaml"),
        "sites:\n  shop: {url: \"http://127.0.0.1:9/\", secret: \"0123456789abcdef\"}\n");
    Files.writeString(
        home.resolve("config/application.properties"),
        "backup.api.token = 0123456789abcdef\nbackup.api.port = 0\n");
    Ended check = run(home, "check");
    assertThat(check.code()).as(check.err()).isZero();
    assertThat(check.out()).contains("Sites: 1");

    Process serve = start(home, entryPoint("serve"), "serve");
    try {
      await()
          .atMost(RunningProduct.PATIENCE)
          .failFast("it ended", () -> !serve.isAlive())
          .until(() -> read("serve.err").contains("serving 1 sites"));
      String said = read("serve.err");
      String address = said.split("the HTTP API is at ")[1].lines().findFirst().orElseThrow();
      for (String page : List.of("live", "ready")) {
        Ended health = probe(home, address.strip() + "/observe/health/" + page);
        assertThat(health.code()).as(health.out()).isZero();
        assertThat(health.out()).contains("UP");
      }
      assertThat(home.resolve("data/backup.mv.db")).exists();
      serve.destroy();
      assertThat(serve.waitFor(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(serve.exitValue()).as(read("serve.err")).isZero();
      assertThat(probe(home, address.strip() + "/observe/health/live").code()).isEqualTo(1);
    } finally {
      serve.destroyForcibly();
    }
  }

  /** The image's entry point, with this machine's Java and the unpacked files. */
  private static List<String> entryPoint(String... arguments) {
    List<String> command = new ArrayList<>();
    for (String part : texts(config.get("Entrypoint"))) {
      command.add(part.startsWith("/") ? root + part : part);
    }
    command.set(0, System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of(arguments));
    return command;
  }

  /** The command of the Compose file's health check. */
  private Ended probe(Path home, String page) throws Exception {
    return ended(
        home,
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            root + "/" + PROGRAM + "camel-akeeba-backup.jar",
            HealthProbe.class.getName(),
            page));
  }

  private Ended run(Path home, String... arguments) throws Exception {
    return ended(home, entryPoint(arguments));
  }

  private Ended ended(Path home, List<String> command) throws Exception {
    Process process = start(home, command, "command");
    assertThat(process.waitFor(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), read("command.out"), read("command.err"));
  }

  private Process start(Path home, List<String> command, String name) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve(name + ".out").toFile())
            .redirectError(folder.resolve(name + ".err").toFile());
    builder.environment().keySet().removeIf(variable -> variable.startsWith("BACKUP_"));
    builder.environment().put("BACKUP_HOME", home.toString());
    return builder.start();
  }

  private String read(String file) throws Exception {
    return Files.readString(folder.resolve(file));
  }

  @Test
  void its_licences_are_in_it() throws Exception {
    try (Stream<Path> files = Files.list(root.resolve(PROGRAM))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("LICENSE", "NOTICE", "THIRD-PARTY.txt");
    }
  }
}
