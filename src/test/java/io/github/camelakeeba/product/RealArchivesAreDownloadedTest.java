package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchiveSignature;
import io.github.camelakeeba.archive.DownloadProgress;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.archive.RealArchive;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.RecordedArchiveSite;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The archives of real servers, and what damage makes of them, through the whole product: fetched
 * by order, and by a backup of a site with {@code download} and without it.
 */
@Tag("slow")
@Tag("fault")
class RealArchivesAreDownloadedTest {
  @TempDir static Path home;
  private static final Map<String, RecordedArchiveSite> SITES = new LinkedHashMap<>();
  private static RunningProduct product;

  @BeforeAll
  static void open() throws Exception {
    product = new RunningProduct(home);
    for (RealArchive archive : RealArchive.all()) {
      for (String key : List.of("home", "there")) {
        site(archive.name() + "-" + key, archive, archive.parts(), key.equals("home"));
      }
      if (archive.whole()) {
        site(archive.name() + "-cut", archive, cut(archive), true);
        site(archive.name() + "-longer", archive, longer(archive), true);
      }
    }
    for (String name : List.of("j-full-jps", "j-alldb-splitjps")) {
      RealArchive archive = RealArchive.of(name);
      for (String password : List.of("fixture-password", "no-such-passphrase")) {
        RecordedArchiveSite site = RecordedArchiveSite.of(archive, archive.parts());
        site(name + "-" + password, site, true, "archivePassword: " + password);
      }
    }
    RealArchive live = RealArchive.of("j-night1-good");
    site("live", RecordedArchiveSite.of(live).counting(2530), true);
    product.yaml("limits: {perHost: 200, concurrent: 8}\n").start();
  }

  private static void site(String name, RealArchive archive, List<byte[]> parts, boolean home)
      throws Exception {
    site(name, RecordedArchiveSite.of(archive, parts), home);
  }

  private static void site(String name, RecordedArchiveSite site, boolean home, String... more)
      throws Exception {
    SITES.put(name, site);
    List<String> lines = new ArrayList<>(List.of("profile: " + site.profile()));
    lines.addAll(List.of(more));
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
      SITES.values().forEach(RecordedArchiveSite::close);
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
  private static DownloadedArchive download(String name, Path folder) {
    DownloadRequest order =
        new DownloadRequest(
            product.service().configuration().sites().get(name),
            SITES.get(name).id(),
            null,
            folder,
            DumpExpectation.NONE,
            new DownloadProgress());
    return product
        .service()
        .context()
        .createProducerTemplate()
        .requestBody("direct:akeeba-download", order, DownloadedArchive.class);
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
    DownloadedArchive pulled = download(archive.name() + "-there", folder);

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
    RecordedArchiveSite site = SITES.get(archive.name() + "-home");
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

  /** So its dump is checked, and what is on the site may go, as with any archive. */
  @ParameterizedTest
  @ValueSource(strings = {"j-full-jps", "j-alldb-splitjps"})
  void an_encrypted_one_is_read_to_its_last_row_with_the_password_of_its_site(String name) {
    Event.Data told = product.backup(name + "-fixture-password").data();

    assertThat(told.state()).as("%s", told.error()).isEqualTo("completed");
    assertThat(told.warnings().texts()).isEmpty();
    assertThat(SITES.get(name + "-fixture-password").hasFiles()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"j-full-jps", "j-alldb-splitjps"})
  void a_password_that_does_not_fit_is_a_warning_and_its_files_stay(String name) {
    Event.Data told = product.backup(name + "-no-such-passphrase").data();

    assertThat(told.state()).isEqualTo("warning");
    assertThat(told.warnings().texts())
        .hasSize(2)
        .anyMatch(text -> text.startsWith("The site's archivePassword does not fit this archive"))
        .anyMatch(text -> text.contains("structure was checked to the last byte"))
        .noneMatch(text -> text.contains("no-such-passphrase"));
    assertThat(SITES.get(name + "-no-such-passphrase").hasFiles()).isTrue();
  }

  /** The structure of each is whole; what the site had told in the recorded run gives it away. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          j-night2-rows-missing   | The table jos_lab_rows has 1618 rows in the dump, but the site counted 2500
          j-night2-tables-missing | Of the 7 tables and views that the dump should hold, 5 are not in it: #__lab_types
          j-night2-rows-twice     | The dump holds 220 rows of the table #__lab_rows twice (keys 2281 to 2500)
          """)
  void a_damaged_dump_makes_a_failed_backup(String name, String says) {
    Event.Data told = product.backup(name + "-home").data();

    assertThat(told.state()).isEqualTo("failed");
    assertThat(told.error().kind()).isEqualTo("verification");
    assertThat(told.error().message())
        .startsWith("The archive of record " + told.recordId() + " was fetched, but is broken: ")
        .contains(says)
        .endsWith("Do not rely on this backup.");
    assertThat(told.downloaded()).isEmpty();
    assertThat(SITES.get(name + "-home").hasFiles()).isTrue();
  }

  @Test
  void rows_that_a_live_site_may_have_deleted_are_a_warning() {
    Event.Data told = product.backup("live").data();

    assertThat(told.state()).isEqualTo("warning");
    assertThat(told.warnings().texts())
        .containsExactly(
            "The table jos_lab_rows has 2500 rows in the dump, but the site counted 2530 when it began to dump it.");
    assertThat(told.downloaded()).hasSize(1);
  }

  /** They are small: each is read to its end, and of a split one the first file. */
  @ParameterizedTest
  @MethodSource("broken")
  void a_backup_whose_archive_stays_there_and_is_broken_is_failed(RealArchive archive) {
    Event.Data told = product.backup(archive.name() + "-there").data();

    assertThat(told.state()).isEqualTo("failed");
    assertThat(told.error().kind()).isEqualTo("verification");
    if (archive.name().contains("foreign")) {
      assertThat(told.error().message()).contains("zeros", ArchiveSignature.OVERWRITTEN);
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
