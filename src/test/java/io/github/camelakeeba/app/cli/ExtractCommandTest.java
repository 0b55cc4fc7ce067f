package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.config.FileEncoding;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives are unpacked from wherever they lie, and whatever breaks off, nothing is half. */
@Tag("process")
@Tag("fault")
class ExtractCommandTest {
  private static final Path ARCHIVES = Path.of("src/test/resources/archives");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path home;
  private final SimulatedServer server = SimulatedServer.start();
  private Path to;

  @BeforeEach
  void folder() {
    assumeThat(FileEncoding.warning()).isNull(); // names in the archives are not ASCII
    to = home.resolve("to");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private SimulatedSite shop(long size) {
    SimulatedSite shop = server.joomla("shop").secret(RunningProduct.SECRET).size(size);
    shop.pastBackups(1);
    return shop;
  }

  private static String archive(String name) {
    return ARCHIVES.resolve(name).toString();
  }

  private Program.Ended extract(String... arguments) {
    List<String> all = new ArrayList<>(List.of("extract"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--to", to.toString()));
    return new Program(home).run(all.toArray(String[]::new));
  }

  private static List<String> files(Path folder) throws Exception {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void a_file_is_extracted_without_any_configuration() throws Exception {
    Program.Ended ended = extract(archive("j-full-jpa.jpa"));

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("j-full-jpa.jpa is in " + to + ": 28 files, 5 folders and 2 links");
    assertThat(ended.err()).contains("100 %");
    assertThat(to.resolve("fixture/link-to-dir/text00.txt")).exists();
    assertThat(files(to)).noneMatch(file -> file.contains(".extract"));

    Program.Ended again = extract(archive("j-full-jpa.jpa"));
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("28 of the files were there already.");
  }

  @Test
  void any_part_of_a_split_one_will_do_and_so_will_all() throws Exception {
    for (String part : List.of("j01", "j02", "jpa")) {
      to = home.resolve(part);
      assertThat(extract(archive("j-full-split." + part)).code()).as(part).isZero();
    }
    to = home.resolve("all");
    Program.Ended all =
        extract(
            archive("j-full-splitzip.z01"),
            archive("j-full-splitzip.zip"),
            archive("j-full-splitzip.z02"));
    assertThat(all.code()).as(all.err()).isZero();
    assertThat(files(to)).isEqualTo(files(home.resolve("j01")));
  }

  @Test
  void an_encrypted_one_is_tried_with_each_password_that_is_known() throws Exception {
    String encrypted = archive("j-full-jps.jps");
    Program.Ended none = extract(encrypted);
    assertThat(none.code()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("configuration: j-full-jps.jps is encrypted. Name a file");
    assertThat(none.out()).contains("was not extracted, and nothing was written");
    assertThat(to).doesNotExist();

    Path file = Files.writeString(home.resolve("password"), "fixture-password\n");
    assertThat(extract(encrypted, "--password-file", file.toString()).code()).isZero();

    Program program =
        new Program(home)
            .site("blog", server.joomla("blog").url(), "archivePassword: another")
            .site("shop", server.joomla("shop").url(), "archivePassword: fixture-password");
    to = home.resolve("configured");
    Program.Ended ended = program.run("extract", encrypted, "--to", to.toString());
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(to.resolve("fixture/one.txt")).exists();
    assertThat(ended.out() + ended.err()).doesNotContain("fixture-password");

    Files.writeString(file, "wrong");
    Program.Ended wrong =
        program.run("extract", encrypted, "--list", "--password-file", file.toString());
    assertThat(wrong.code()).isEqualTo(ExitCode.FAILED);
    assertThat(wrong.err()).contains("no password that is known here fits");
  }

  @Test
  void only_what_is_wanted_is_written() throws Exception {
    assertThat(
            extract(archive("j-full-jpa.jpa"), "--only", "fixture/sub", "--only", "*.bin").code())
        .isZero();
    assertThat(files(to))
        .hasSize(14)
        .allMatch(file -> file.startsWith("fixture/sub/") || file.endsWith(".bin"));

    Program.Ended nothing = extract(archive("j-full-jpa.jpa"), "--only", "nowhere/**");
    assertThat(nothing.code()).isEqualTo(ExitCode.WARNING);
    assertThat(nothing.out()).contains("warning: nothing in it fits --only");
  }

  @Test
  void a_list_is_written_nowhere_and_has_a_line_for_each_entry() throws Exception {
    Program.Ended lines = new Program(home).run("extract", archive("j-files-jpa.jpa"), "--list");
    assertThat(lines.code()).isZero();
    assertThat(lines.out().lines()).hasSize(30);
    assertThat(lines.out())
        .containsPattern("-rw-r--r-- +\\d+  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  fixture/one.txt")
        .containsPattern("l[rwx-]{9} +7 +fixture/link-to-one.txt -> one.txt");

    Program.Ended json =
        new Program(home)
            .run("extract", archive("j-files-jpa.jpa"), "--list", "--json", "--only", "one.txt");
    JsonNode listed = JSON.readTree(json.out());
    assertThat(json.err()).isEmpty();
    assertThat(listed.path("entries")).hasSize(1);
    assertThat(listed.at("/entries/0/path").asText()).isEqualTo("fixture/one.txt");
    assertThat(listed.at("/entries/0/mode").asText()).isEqualTo("0644");
    assertThat(listed.path("error").isNull()).isTrue();

    Program.Ended broken =
        new Program(home).run("extract", archive("j-bad-cut-middle.jpa"), "--list");
    assertThat(broken.code()).isEqualTo(ExitCode.FAILED);
    assertThat(broken.err()).contains("is broken: ");
  }

  @Test
  void a_broken_one_says_what_was_written() throws Exception {
    Program.Ended ended = extract(archive("j-bad-cut-middle.jpa"));

    assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.err())
        .contains("j-bad-cut-middle.jpa: verification: j-bad-cut-middle.jpa is broken: ");
    assertThat(ended.out())
        .contains("was not extracted to its end. What is in " + to + " is whole: 3 files");
    assertThat(files(to)).hasSize(3);

    Program.Ended json = extract(archive("j-bad-cut-middle.jpa"), "--json");
    assertThat(json.code()).isEqualTo(ExitCode.FAILED);
    assertThat(json.err()).isEmpty();
    assertThat(JSON.readTree(json.out()).at("/error/kind").asText()).isEqualTo("verification");
    assertThat(JSON.readTree(json.out()).path("kept").asInt()).isEqualTo(3);
  }

  @Test
  void a_file_of_another_origin_is_replaced_only_where_that_is_said() throws Exception {
    Files.createDirectories(to.resolve("fixture"));
    Files.writeString(to.resolve("fixture/one.txt"), "mine");

    Program.Ended ended = extract(archive("j-full-jpa.jpa"));
    assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.err()).contains("fixture/one.txt is there already, with other contents");
    assertThat(to.resolve("fixture/one.txt")).hasContent("mine");

    assertThat(extract(archive("j-full-jpa.jpa"), "--overwrite").code()).isZero();
    assertThat(Files.readString(to.resolve("fixture/one.txt"))).isNotEqualTo("mine");
  }

  @Test
  void wrong_usage_is_told_before_anything_is_done() throws Exception {
    Program program = new Program(home);
    program.site("shop", server.joomla("shop").url());

    assertThat(usage(program, "extract", "shop"))
        .contains("there is no file shop; for an archive of a site name the site");
    assertThat(usage(program, "extract", "shop", "1")).contains("--to");
    assertThat(usage(program, "extract", "nowhere", "1", "--to", "x"))
        .contains("there is no site 'nowhere'");
    assertThat(usage(program, "extract", "shop", "no/id", "--to", "x")).contains("is no backup");
    assertThat(usage(program, "extract", archive("j-full-jpa.jpa"), "--list", "--to", "x"))
        .contains("leave out --to");
    assertThat(
            usage(program, "extract", archive("j-full-jpa.jpa"), "--to", "x", "--max-size", "much"))
        .contains("'much' is no size");
    assertThat(usage(program, "extract", archive("j-full-jpa.jpa"), "--to", "x", "--only", "[a"))
        .contains("'[a' is no pattern");
    assertThat(
            usage(
                program,
                "extract",
                archive("j-full-jpa.jpa"),
                archive("w-full-jpa.jpa"),
                "--to",
                "x"))
        .contains("these are files of 2 archives");
    assertThat(usage(program, "extract", archive("facts.json"), "--to", "x"))
        .contains("is no archive");
  }

  private static String usage(Program program, String... arguments) {
    Program.Ended ended = program.run(arguments);
    assertThat(ended.code()).as(ended.err()).isEqualTo(ExitCode.USAGE);
    assertThat(ended.out()).isEmpty();
    return ended.err();
  }

  @Test
  void one_of_a_site_is_read_straight_from_there_and_needs_no_space() throws Exception {
    SimulatedSite shop = shop(3_000_000);
    shop.parts(2).pastBackups(1);
    Program program = new Program(home).site("shop", shop.url());

    Program.Ended ended = program.run("extract", "shop", "2", "--to", to.toString(), "--json");

    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode told = JSON.readTree(ended.out());
    assertThat(told.path("from").asText()).isEqualTo("127.0.0.1");
    assertThat(told.path("id").asInt()).isEqualTo(2);
    assertThat(files(to)).contains("installation/sql/site.sql");
    assertThat(shop.requests("downloadDirect")).hasSize(2);
    assertThat(home.resolve("archives")).doesNotExist();

    String backupid = told.path("backupid").asText();
    assertThat(program.run("extract", "shop", backupid, "--to", to.toString()).out())
        .contains("read from the site 127.0.0.1,", " of the files were there already.");
    assertThat(program.run("extract", "shop", "latest", "--list").code()).isZero();

    Program.Ended none = program.run("extract", "shop", "id-20200101-000000-1", "--list");
    assertThat(none.code()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("not-found", "id-20200101-000000-1");
  }

  @Test
  void a_download_that_breaks_off_goes_on_where_it_broke() throws Exception {
    SimulatedSite shop = shop(3_000_000);
    shop.fault(Fault.downloadCutAt(1_500_000));
    Program program = new Program(home).site("shop", shop.url());

    Program.Ended ended = program.run("extract", "shop", "1", "--to", to.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(shop.requests("downloadDirect")).hasSize(1);
    assertThat(shop.requests("download")).hasSizeBetween(2, 3);
  }

  @Test
  void one_at_home_is_read_from_there_when_the_site_is_gone() throws Exception {
    SimulatedSite shop = shop(300_000);
    Program program = new Program(home).site("shop", shop.url(), "download: {to: archives/shop}");
    assertThat(program.run("backup", "shop").code()).isZero();
    int asked = shop.requests("getBackupInfo").size();

    Program.Ended ended = program.run("extract", "shop", "2", "--to", to.toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("read from " + home.resolve("archives/shop"));
    assertThat(shop.requests("getBackupInfo")).hasSize(asked);
    assertThat(files(to)).contains("installation/sql/site.sql");
  }

  /**
   * A child that is killed while the site does not go on; the next call has only the rest to do.
   */
  @Test
  void a_killed_extraction_leaves_nothing_half_and_goes_on() throws Exception {
    SimulatedSite shop = shop(8_000_000);
    shop.fault(Fault.downloadCutAt(5_000_000))
        .fault(Fault.on("download").times(1000).delayAnswer(Duration.ofHours(1)));
    Program program = new Program(home).site("shop", shop.url());
    List<String> before;
    try (ChildProcess first =
        new ChildProcess(
            home, "extract", "shop", "1", "--to", to.toString(), "--home", home.toString())) {
      Awaitility.await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> !shop.requests("download").isEmpty());
      Awaitility.await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> files(to).stream().anyMatch(file -> file.endsWith(".extract-part")));
      first.kill();
      before = files(to);
    }
    assertThat(before).contains(".extract-journal", "installation/sql/site.sql");
    shop.clearFaults();

    Program.Ended second = program.run("extract", "shop", "1", "--to", to.toString(), "--json");

    assertThat(second.code()).as(second.err()).isZero();
    JsonNode told = JSON.readTree(second.out());
    assertThat(told.path("kept").asInt()).isEqualTo(before.size() - 2);
    assertThat(told.path("written").asInt()).isEqualTo(1);
    assertThat(files(to)).noneMatch(file -> file.contains(".extract-")).hasSize(before.size() - 1);
  }

  /** A child with a heap of 64 MiB, which the file would not fit into; 3 GiB need no more. */
  @Test
  void an_archive_larger_than_the_heap_needs_no_memory() throws Exception {
    SimulatedSite shop = shop(200_000_000);
    new Program(home).site("shop", shop.url());
    List<String> small = List.of("env", "_JAVA_OPTIONS=-Xmx64m");

    try (ChildProcess child =
        new ChildProcess(
            home,
            small,
            "extract",
            "shop",
            "1",
            "--to",
            to.toString(),
            "--home",
            home.toString())) {
      assertThat(child.code(300)).as(child.err()).isZero();
      assertThat(child.out()).contains("200.0 MB");
    }
  }
}
