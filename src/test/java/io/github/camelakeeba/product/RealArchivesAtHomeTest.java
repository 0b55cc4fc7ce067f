package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Signature;
import io.github.camelakeeba.archive.ArchiveOrder;
import io.github.camelakeeba.archive.PullProgress;
import io.github.camelakeeba.archive.PulledArchive;
import io.github.camelakeeba.archive.RealArchive;
import io.github.camelakeeba.demo.ArchiveSite;
import io.github.camelakeeba.dump.DumpExpectation;
import io.github.camelakeeba.notify.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The archives of real servers, and what damage makes of them, through the whole product: fetched
 * by order, and by a backup of a site with {@code download} and without it.
 */
@Tag("fault")
class RealArchivesAtHomeTest {
  @TempDir static Path home;
  private static final Map<String, ArchiveSite> SITES = new LinkedHashMap<>();
  private static Product product;

  @BeforeAll
  static void open() throws Exception {
    product = new Product(home);
    for (RealArchive archive : RealArchive.all()) {
      for (String key : List.of("home", "there")) {
        site(archive.name() + "-" + key, archive, archive.parts(), key.equals("home"));
      }
      if (archive.whole()) {
        site(archive.name() + "-cut", archive, cut(archive), true);
        site(archive.name() + "-longer", archive, longer(archive), true);
      }
    }
    product.yaml("limits: {perHost: 200, concurrent: 8}\n").start();
  }

  private static void site(String name, RealArchive archive, List<byte[]> parts, boolean home)
      throws Exception {
    ArchiveSite site = ArchiveSite.of(archive, parts);
    SITES.put(name, site);
    List<String> lines = new ArrayList<>(List.of("profile: " + site.profile()));
    if (home) {
      lines.add("download: {to: \"archives/{site}\"}");
      lines.add("onServer: deleteFiles");
    }
    product.site(name, site.url(), lines.toArray(String[]::new));
  }

  /** The last file ends in the middle. */
  private static List<byte[]> cut(RealArchive archive) {
    List<byte[]> parts = new ArrayList<>(archive.parts());
    int last = parts.size() - 1;
    parts.set(last, Arrays.copyOf(parts.get(last), parts.get(last).length / 2));
    return parts;
  }

  private static List<byte[]> longer(RealArchive archive) {
    byte[] good = archive.bytes();
    return archive.split(Arrays.copyOf(good, good.length + 100));
  }

  @AfterAll
  static void close() throws Exception {
    try {
      product.close();
    } finally {
      SITES.values().forEach(ArchiveSite::close);
    }
  }

  private static List<RealArchive> all() {
    return RealArchive.all();
  }

  private static List<RealArchive> whole() {
    return all().stream().filter(RealArchive::whole).toList();
  }

  /** Those whose dump is whole, too. */
  private static List<RealArchive> good() {
    return whole().stream().filter(archive -> !archive.name().startsWith("j-night2")).toList();
  }

  private static List<RealArchive> broken() {
    return all().stream().filter(archive -> !archive.whole()).toList();
  }

  /** What the command {@code download} does. */
  private static PulledArchive download(String name, Path folder) {
    ArchiveOrder order =
        new ArchiveOrder(
            product.service().configuration().sites().get(name),
            SITES.get(name).id(),
            null,
            folder,
            DumpExpectation.NONE,
            new PullProgress());
    return product
        .service()
        .context()
        .createProducerTemplate()
        .requestBody("direct:akeeba-download", order, PulledArchive.class);
  }

  private static String failure(String name, Path folder) {
    Throwable cause = catchThrowable(() -> download(name, folder));
    while (cause != null && !(cause instanceof AkeebaException)) {
      cause = cause.getCause();
    }
    assertThat(cause).as(name).isNotNull();
    assertThat(((AkeebaException) cause).kind().word()).isEqualTo("verification");
    return cause.getMessage();
  }

  @ParameterizedTest
  @MethodSource("good")
  void a_whole_one_is_fetched_and_what_damage_makes_of_it_is_not(
      RealArchive archive, @TempDir Path folder) throws Exception {
    PulledArchive pulled = download(archive.name() + "-there", folder);

    assertThat(pulled.readable()).isEqualTo(List.of("jpa", "zip").contains(archive.kind()));
    assertThat(pulled.size()).isEqualTo(archive.bytes().length);
    assertThat(failure(archive.name() + "-cut", folder.resolve("cut")))
        .contains("Do not rely on this backup");
    assertThat(failure(archive.name() + "-longer", folder.resolve("longer")))
        .contains("Do not rely on this backup");
  }

  @ParameterizedTest
  @MethodSource("broken")
  void a_broken_one_is_not_fetched(RealArchive archive, @TempDir Path folder) throws Exception {
    assertThat(failure(archive.name() + "-there", folder)).contains(archive.says());
    try (var files = Files.list(folder)) {
      assertThat(files).allMatch(file -> file.toString().endsWith(".part"));
    }
  }

  @ParameterizedTest
  @MethodSource("good")
  void a_backup_with_a_whole_one_is_good_and_says_what_was_not_checked(RealArchive archive) {
    ArchiveSite site = SITES.get(archive.name() + "-home");
    Event.Data told = product.backup(archive.name() + "-home").data();

    assertThat(told.state()).as("%s", told.error()).isEqualTo("completed");
    assertThat(told.downloaded()).hasSize(archive.volumes().size());
    switch (archive.kind()) {
      case "jps" -> {
        assertThat(told.warnings().texts())
            .singleElement()
            .asString()
            .contains(
                "structure was checked to the last byte",
                "encrypted",
                "its files stay on the site");
        assertThat(site.hasFiles()).isTrue();
      }
      case "sql" -> {
        assertThat(told.warnings().texts())
            .singleElement()
            .asString()
            .contains("has no mark there", "stay on the site");
        assertThat(site.hasFiles()).isTrue();
      }
      default -> {
        assertThat(told.warnings().texts()).isEmpty();
        assertThat(site.hasFiles()).isFalse();
      }
    }
    assertThat(told.warnings().count()).isZero();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void a_backup_with_a_broken_one_is_failed(RealArchive archive) {
    Event.Data told = product.backup(archive.name() + "-home").data();

    assertThat(told.state()).isEqualTo("failed");
    assertThat(told.error().kind()).isEqualTo("verification");
    assertThat(told.error().message()).contains(archive.says());
    assertThat(SITES.get(archive.name() + "-home").hasFiles()).isTrue();
  }

  /** Damage further behind shows only in an archive that was fetched. */
  @ParameterizedTest
  @MethodSource("broken")
  void without_download_only_the_hole_of_another_start_is_seen(RealArchive archive) {
    Event.Data told = product.backup(archive.name() + "-there").data();

    boolean hole = archive.name().contains("foreign");
    assertThat(told.state()).isEqualTo(hole ? "failed" : "completed");
    if (hole) {
      assertThat(told.error().kind()).isEqualTo("verification");
      assertThat(told.error().message()).contains("zeros", Signature.HOLE);
    }
  }

  @ParameterizedTest
  @MethodSource("whole")
  void a_backup_whose_archive_stays_there_is_good_by_its_beginning(RealArchive archive) {
    Event.Data told = product.backup(archive.name() + "-there").data();

    assertThat(told.state()).as("%s", told.error()).isEqualTo("completed");
    assertThat(SITES.get(archive.name() + "-there").requests("download")).hasSize(1);
    assertThat(SITES.get(archive.name() + "-there").requests("downloadDirect")).isEmpty();
  }
}
