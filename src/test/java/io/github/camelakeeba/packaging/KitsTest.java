package io.github.camelakeeba.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;

/** {@code target/lib}: what the program needs lies in it, what only a kit needs in the kit's. */
@Tag("distribution")
class KitsTest {
  private static final Path LIB = Distribution.TARGET.resolve("lib");
  private static final int CLASS_TAG = 7;

  /**
   * Libraries that use another one where it is there, each looked at: they do without. The core's
   * first, then those of kits; both names without their version.
   */
  private static final Set<String> OPTIONAL =
      Set.of(
          "camel-akeeba-backup -> camel-jms",
          "camel-akeeba-backup -> jakarta.jms-api",
          "camel-akeeba-backup -> pooled-jms",
          "camel-akeeba-backup -> qpid-jms-client",
          "camel-akeeba-backup -> spring-jms",
          "camel-akeeba-backup -> camel-kafka",
          "camel-akeeba-backup -> kafka-clients",
          "camel-akeeba-backup -> auth",
          "camel-akeeba-backup -> aws-core",
          "camel-akeeba-backup -> http-client-spi",
          "camel-akeeba-backup -> regions",
          "camel-akeeba-backup -> s3",
          "camel-akeeba-backup -> sdk-core",
          "camel-akeeba-backup -> url-connection-client",
          "camel-akeeba-backup -> utils",
          "spring-aop -> reactive-streams",
          "spring-beans -> reactive-streams",
          "spring-context -> reactive-streams",
          "spring-core -> reactive-streams",
          "spring-messaging -> reactive-streams",
          "spring-tx -> reactive-streams",
          "camel-akeeba-backup-app -> camel-akeeba-backup-simulator",
          "camel-akeeba-backup-app -> greenmail",
          "httpclient5 -> zstd-jni",
          "log4j-core -> kafka-clients",
          "mariadb-java-client -> auth",
          "mariadb-java-client -> regions",
          "micrometer-core -> kafka-clients",
          "micrometer-core -> netty-buffer",
          "micrometer-core -> netty-common",
          "micrometer-core -> netty-transport",
          "spring-core -> netty-buffer",
          "spring-jdbc -> spring-context",
          "spring-tx -> spring-aop",
          "spring-tx -> spring-context",
          "netty-codec -> lz4-java",
          "netty-codec -> zstd-jni");

  @Test
  void no_jar_needs_one_that_only_a_kit_has_and_no_kit_needs_another() throws Exception {
    Map<Path, String> jars = jars();
    Map<String, Set<Path>> homes = new HashMap<>();
    for (Path jar : jars.keySet()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        classes(file)
            .forEach(one -> homes.computeIfAbsent(name(one), n -> new TreeSet<>()).add(jar));
      }
    }
    Set<String> across = new TreeSet<>();
    for (Path jar : jars.keySet()) {
      String kit = jars.get(jar);
      for (String used : used(jar)) {
        Set<Path> in = homes.getOrDefault(used, Set.of());
        boolean there = in.stream().map(jars::get).anyMatch(k -> k.isEmpty() || k.equals(kit));
        if (!in.isEmpty() && !there) {
          across.add(artifact(jar) + " -> " + artifact(in.iterator().next()));
        }
      }
    }
    assertThat(across).isSubsetOf(OPTIONAL);
  }

  /** What src/it/library lists is what the program can't do without. */
  @Test
  void the_core_has_all_that_an_application_would_get() throws Exception {
    Set<String> core = new TreeSet<>();
    jars().forEach((jar, kit) -> core.add(kit.isEmpty() ? artifact(jar) : ""));
    assertThat(Files.readAllLines(Path.of("src/it/library/dependencies.txt")))
        .allSatisfy(library -> assertThat(core).contains(library.replaceFirst(".*:", "")));
  }

  @Test
  void each_kit_is_packed_with_its_jars_and_its_licences_and_the_core_has_none_of_them()
      throws Exception {
    assertThat(Files.size(Distribution.zip())).isLessThan(45_000_000);
    Map<String, Set<String>> kits = new TreeMap<>();
    jars()
        .forEach(
            (jar, kit) ->
                kits.computeIfAbsent(kit, k -> new TreeSet<>()).add(jar.getFileName().toString()));
    Set<String> core = kits.remove("");
    assertThat(kits.keySet()).containsExactlyElementsOf(Distribution.KITS);
    try (JarFile zip = new JarFile(Distribution.zip().toFile())) {
      assertThat(zip.stream().map(JarEntry::getName).filter(name -> name.endsWith(".jar")))
          .map(name -> name.replaceFirst("^[^/]*/(lib/)?", ""))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(core.stream(), Stream.of("camel-akeeba-backup.jar")).toList());
    }
    for (String kit : kits.keySet()) {
      List<String> expected = new ArrayList<>(List.of("LICENSE", "NOTICE", "THIRD-PARTY.txt"));
      expected.addAll(kits.get(kit));
      try (JarFile zip = new JarFile(Distribution.kit(kit).toFile())) {
        assertThat(zip.stream().map(JarEntry::getName).filter(name -> !name.endsWith("/")))
            .containsExactlyInAnyOrderElementsOf(
                expected.stream().map(name -> "lib/%s/%s".formatted(kit, name)).toList());
      }
    }
  }

  /** Each jar of target/lib with its kit; empty: the core. */
  private static Map<Path, String> jars() throws Exception {
    Map<Path, String> jars = new TreeMap<>();
    try (Stream<Path> files = Files.walk(LIB)) {
      files
          .filter(file -> file.toString().endsWith(".jar"))
          .forEach(jar -> jars.put(jar, LIB.relativize(jar.getParent()).toString()));
    }
    return jars;
  }

  private static String artifact(Path jar) {
    return jar.getFileName().toString().replaceFirst("-[0-9].*?(-app|-simulator)?[.]jar$", "$1");
  }

  private static Stream<JarEntry> classes(JarFile file) {
    return file.stream()
        .filter(one -> one.getName().endsWith(".class") && !one.getName().startsWith("META-INF"));
  }

  private static String name(JarEntry entry) {
    return entry.getName().replaceFirst("[.]class$", "");
  }

  /** The classes that its classes name. */
  private static Set<String> used(Path jar) throws Exception {
    Set<String> used = new TreeSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry : classes(file).toList()) {
        try (InputStream in = file.getInputStream(entry)) {
          ClassReader reader = new ClassReader(in.readAllBytes());
          char[] buffer = new char[reader.getMaxStringLength()];
          for (int i = 1; i < reader.getItemCount(); i++) {
            int item = reader.getItem(i);
            if (item > 0 && reader.readByte(item - 1) == CLASS_TAG) {
              used.add(reader.readUTF8(item, buffer));
            }
          }
        }
      }
    }
    return used;
  }
}
