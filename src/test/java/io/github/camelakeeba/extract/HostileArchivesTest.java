package io.github.camelakeeba.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.akeeba.AkeebaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an archive says, nothing is written outside of the folder, and nobody is surprised. */
@Tag("fault")
class HostileArchivesTest {
  @TempDir Path outside;
  private Path to;

  @BeforeEach
  void folder() {
    to = outside.resolve("to");
  }

  private ExtractResult extract(JpaFile archive) throws IOException {
    return extract(archive, Extraction.PLAIN);
  }

  private ExtractResult extract(JpaFile archive, Extraction how) throws IOException {
    return how.run(archive.write(outside.resolve("site.jpa")), to);
  }

  private void nothingElseOutside() throws IOException {
    try (var files = Files.list(outside)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .containsExactlyInAnyOrder("to", "site.jpa");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.txt",
        "a/../../evil.txt",
        "a/..",
        "/evil.txt",
        "//evil.txt",
        "..\\evil.txt",
        "a\\..\\..\\evil.txt",
        "C:\\evil.txt",
        "c:/evil.txt",
        "\\\\server\\share\\evil.txt",
        "\\evil.txt",
        "",
        ".",
        "./",
        "evil\0.txt",
        ".extract-journal",
        "a/.extract-part"
      })
  void a_path_that_leads_elsewhere_is_not_written_and_told(String path) throws Exception {
    ExtractResult result = extract(new JpaFile().file(path, "evil").file("good.txt", "good"));

    assertThat(result.failure()).isNull();
    assertThat(result.warnings().texts())
        .singleElement()
        .asString()
        .contains("not extracted, since ");
    assertThat(result.written()).isEqualTo(1);
    assertThat(Extraction.files(to)).containsExactly("good.txt");
    nothingElseOutside();
  }

  @ParameterizedTest
  @CsvSource({
    "link, ..",
    "link, ../to-be-evil",
    "link, /etc/passwd",
    "a/link, ../../evil",
    "a/link, ../b/../../../evil",
    "a/link, b/../../../evil",
    "link, a/..",
    "link, C:\\evil",
    "link, ''"
  })
  void a_link_that_leads_elsewhere_is_not_made_and_told(String path, String target)
      throws Exception {
    ExtractResult result = extract(new JpaFile().file("a/b/good.txt", "good").link(path, target));

    assertThat(result.links()).isZero();
    assertThat(result.warnings().texts())
        .singleElement()
        .asString()
        .contains(path, "not extracted, since it is a link to");
    assertThat(Files.exists(to.resolve(path), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void links_that_stay_inside_are_made_also_to_what_is_above_them() throws Exception {
    ExtractResult result =
        extract(
            new JpaFile()
                .link("a/up", "../good.txt")
                .link("a/folder/", "b")
                .link("dangling", "nothing")
                .file("a/b/c.txt", "c")
                .file("good.txt", "good"));

    assertThat(result.links()).isEqualTo(3);
    assertThat(result.warnings().isEmpty()).isTrue();
    assertThat(to.resolve("a/up")).hasContent("good");
    assertThat(to.resolve("a/folder/c.txt")).hasContent("c");
    assertThat(Files.readSymbolicLink(to.resolve("dangling"))).isEqualTo(Path.of("nothing"));
  }

  @Test
  void no_chain_of_links_leads_out() throws Exception {
    extract(
        new JpaFile()
            .link("d/e/p", "../..")
            .link("q", "d/e/p/../evil")
            .link("d/r", "e/p")
            .link("d/s", "../q"));

    for (Path link : Extraction.tree(to).values()) {
      if (Files.exists(link)) {
        assertThat(link.toRealPath()).startsWithRaw(to.toRealPath());
      }
    }
    nothingElseOutside();
  }

  @Test
  void nothing_is_written_through_a_link_of_the_archive() throws Exception {
    ExtractResult result =
        extract(new JpaFile().link("a", "b").file("a/x.txt", "x").file("b/y.txt", "y"));

    assertThat(Extraction.files(to)).containsExactly("a/x.txt", "b/y.txt");
    assertThat(result.warnings().texts())
        .singleElement()
        .asString()
        .contains("a: something else is there already, so that the link to b is not made");
  }

  @Test
  void nothing_is_written_through_a_link_that_was_there() throws Exception {
    Path other = Files.createDirectories(outside.resolve("other"));
    Files.writeString(other.resolve("precious.txt"), "precious");
    Files.createDirectories(to);
    Files.createSymbolicLink(to.resolve("images"), other);
    Files.createSymbolicLink(to.resolve("file.txt"), other.resolve("precious.txt"));

    ExtractResult result =
        extract(
            new JpaFile().file("images/precious.txt", "evil").file("file.txt", "evil"),
            Extraction.PLAIN.overwriting());

    assertThat(other.resolve("precious.txt")).hasContent("precious");
    assertThat(result.written()).isZero();
    assertThat(result.warnings().texts())
        .containsExactly(
            "images/precious.txt: not extracted, since it leads through the link images.",
            "file.txt: not extracted, since there is something of its name that is no file.");
  }

  @Test
  void dangerous_permissions_are_dropped() throws Exception {
    extract(
        new JpaFile()
            .file("setuid.sh", 0106777, "#!/bin/sh".getBytes())
            .file("secret.php", 0100400, "<?php".getBytes())
            .file("nobody.txt", 0100000, "x".getBytes())
            .folder("open", 0041777)
            .folder("closed", 0040000));

    assertThat(mode("setuid.sh")).isEqualTo("rwxrwxr-x");
    assertThat(mode("secret.php")).isEqualTo("r--------");
    assertThat(mode("nobody.txt")).isEqualTo("r--------");
    assertThat(mode("open")).isEqualTo("rwxrwxr-x");
    assertThat(mode("closed")).isEqualTo("r-x------");
    assertThat((int) Files.getAttribute(to.resolve("setuid.sh"), "unix:mode") & 07000).isZero();
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(to.resolve(path)));
  }

  @Test
  void a_bomb_is_stopped_by_its_size() throws Exception {
    JpaFile bomb =
        new JpaFile().file("good.txt", "good").file("bomb", 0100644, new byte[5_000_000]);

    ExtractResult result = extract(bomb, Extraction.PLAIN.maxSize(1_000_000));

    assertThatThrownBy(result::orThrow)
        .isInstanceOf(AkeebaException.class)
        .hasMessageContaining("more than 1000000 bytes")
        .hasMessageContaining("--max-size");
    assertThat(result.written()).isEqualTo(1);
    assertThat(Extraction.files(to)).contains("good.txt").doesNotContain("bomb", ".extract-part");
  }

  @Test
  void
      without_a_limit_of_ones_own_it_is_a_hundred_times_the_archive_and_never_less_than_a_gibibyte() {
    SizeLimit.of(null, 1000).check(1L << 30);
    assertThatThrownBy(() -> SizeLimit.of(null, 1000).check((1L << 30) + 1))
        .hasMessageContaining("what an archive of this size may have");
    SizeLimit.of(null, 1L << 30).check(100L << 30);
    assertThatThrownBy(() -> SizeLimit.of(null, 1L << 30).check((100L << 30) + 1))
        .hasMessageContaining("100 times the archive's own size");
  }

  @Test
  void names_that_windows_can_not_hold_are_told_and_refused_there() throws Exception {
    List<String> names =
        List.of("CON", "aux.php", "lpt1.txt", "dot.", "blank ", "a:b", "a\\b", "a|b", "x\u0007y");
    JpaFile archive = new JpaFile();
    names.forEach(name -> archive.file("folder/" + name, name));

    ExtractResult result = extract(archive);

    assertThat(result.warnings().isEmpty()).isTrue();
    assertThat(result.notes().count()).isEqualTo(names.size());
    assertThat(result.notes().texts()).allMatch(note -> note.contains("Windows could not hold"));
    assertThat(Extraction.files(to)).hasSize(names.size());
    assertThat(names)
        .allMatch(name -> EntryPath.of("folder/" + name, true).refusal().contains("Windows"));
    assertThat(EntryPath.of("folder/console.php", true).refusal()).isNull();
  }

  @Test
  void two_names_that_differ_in_their_case_are_both_written_and_told() throws Exception {
    ExtractResult result = extract(new JpaFile().file("Readme.txt", "1").file("README.TXT", "2"));

    assertThat(result.notes().texts())
        .containsExactly("README.TXT: another file differs from it in the case of its name only.");
    assertThat(to.resolve("Readme.txt")).hasContent("1");
    assertThat(to.resolve("README.TXT")).hasContent("2");
  }

  @Test
  void of_a_path_that_comes_twice_the_last_one_counts() throws Exception {
    ExtractResult result = extract(new JpaFile().file("a.txt", "first").file("a.txt", "second!"));

    assertThat(result.notes().texts())
        .containsExactly("a.txt: it is in the archive more than once; the last one counts.");
    assertThat(result.warnings().isEmpty()).isTrue();
    assertThat(to.resolve("a.txt")).hasContent("second!");
  }

  @Test
  void a_file_in_the_place_of_a_folder_hinders_only_what_is_below_it() throws Exception {
    ExtractResult result =
        extract(new JpaFile().file("a", "a").file("a/b.txt", "b").file("c.txt", "c"));

    assertThat(result.warnings().texts())
        .containsExactly("a/b.txt: not extracted, since a is a file, and no folder.");
    assertThat(Extraction.files(to)).containsExactly("a", "c.txt");
  }

  @Test
  void names_and_paths_that_are_too_long_are_told() throws Exception {
    ExtractResult result =
        extract(
            new JpaFile()
                .file("n".repeat(256), "long")
                .file("folder/".repeat(700) + "deep.txt", "deep")
                .file("good.txt", "good"));

    assertThat(result.warnings().texts())
        .anyMatch(text -> text.contains("more than 255 bytes"))
        .anyMatch(text -> text.contains("its path is too long"));
    assertThat(result.written()).isEqualTo(1);
  }

  @Test
  void a_million_bad_names_are_counted_and_the_first_told() throws Exception {
    JpaFile archive = new JpaFile();
    for (int i = 0; i < 500; i++) {
      archive.file("../" + i, "");
    }

    ExtractResult result = extract(archive);

    assertThat(result.warnings().count()).isEqualTo(500);
    assertThat(result.warnings().texts()).hasSize(Remarks.MAX_TEXTS);
  }

  /** They are made last, so that they are held until then. */
  @Test
  void of_a_million_links_no_more_are_held_than_a_small_memory_takes() {
    LinkEntries links = new LinkEntries();
    int held = 0;
    for (int i = 0; i < 1_000_000; i++) {
      links.begin();
      links.bytes(new byte[] {'t'}, 0, 1);
      held += links.end(EntryPath.of("l" + i, false)) == null ? 1 : 0;
    }
    assertThat(held).isBetween(50_000, 100_000);
  }

  @Test
  void a_name_that_is_not_utf_8_is_told() throws Exception {
    ExtractResult result = extract(new JpaFile().file("bad-\uFFFD.txt", "x").file("a.txt", "a"));

    assertThat(result.notes().texts().toString() + result.warnings().texts()).contains("bad-");
    assertThat(to.resolve("a.txt")).hasContent("a");
  }

  @Test
  void control_characters_of_a_name_reach_no_terminal() throws Exception {
    ExtractResult result = extract(new JpaFile().file("../\u001b[2Jx\ny", ""));

    assertThat(result.warnings().texts()).allMatch(text -> !text.matches("(?s).*\\p{Cntrl}.*"));
  }
}
