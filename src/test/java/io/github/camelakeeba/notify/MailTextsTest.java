package io.github.camelakeeba.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTextsTest {
  @TempDir Path home;
  private final MailTexts texts = Sample.texts(Sample.PROJECT);

  @Test
  void the_subject_tells_how_it_ended() {
    assertThat(texts.write(Sample.started()).subject()).isEqualTo("[started] shop");
    assertThat(texts.write(Sample.completed()).subject())
        .isEqualTo("[completed] shop: 2.6 MB in 3 s");
    assertThat(texts.write(Sample.warning("a", "b", "c")).subject())
        .isEqualTo("[warning] shop: 3 warnings: a");
    assertThat(texts.write(Sample.warning("a")).subject())
        .isEqualTo("[warning] shop: 1 warning: a");
    assertThat(texts.write(Sample.failed("The disk is full")).subject())
        .isEqualTo("[failed] shop: The disk is full");
  }

  @Test
  void the_subject_stays_one_bounded_line_whatever_the_server_says() {
    String subject =
        texts
            .write(Sample.failed("full\r\nBcc: evil@example.com\u2028" + "x".repeat(900)))
            .subject();
    assertThat(subject)
        .startsWith("[failed] shop: full Bcc: evil@example.com xxx")
        .doesNotContainPattern("[\\r\\n\\u2028]")
        .hasSizeLessThanOrEqualTo(180);
  }

  @Test
  void a_failure_says_what_to_do_and_when_the_next_run_is() {
    String text = texts.write(Sample.failed("The disk is full")).text();
    assertThat(text)
        .startsWith("The backup of shop failed.\n\nThe disk is full\n\nWhat to do: ")
        .contains(
            "Started:     22 November 2026, 02:30:00 +02:00 (Europe/Athens)",
            "Next run:    23 November 2026, 02:30:00 +02:00 (Europe/Athens)",
            "Took:        3 s",
            "Steps:       9",
            "Archive:     site-shop-20261122.jpa",
            "Size:        2.6 MB in 2 parts",
            "Record:      4",
            "Profile:     1",
            "Started by:  schedule",
            "Description: Nightly backup of shop",
            "Address:     https://shop.example.com:8443/index.php",
            "Run:         shop@2026-11-22T00:30:00Z");
  }

  @Test
  void fifty_warnings_are_listed_and_the_rest_is_counted() {
    String[] warnings =
        IntStream.rangeClosed(1, 62).mapToObj(i -> "file " + i).toArray(String[]::new);
    MailTexts.Written written = texts.write(Sample.warning(warnings));
    assertThat(written.text()).contains("Warnings (62):", "  - file 50\n", "  and 12 more");
    assertThat(written.text()).doesNotContain("file 51");
    assertThat(written.html()).contains("62 warnings", ">file 50<", "and 12 more");
  }

  @Test
  void a_server_text_is_data_in_html() {
    String html = texts.write(Sample.failed("<script>alert(1)</script> ${site} <#stop>")).html();
    assertThat(html)
        .doesNotContain("<script>")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; ${site} &lt;#stop&gt;");
  }

  @Test
  void text_lines_are_at_most_78_characters_wide() {
    MailTexts.Written written = texts.write(Sample.warning("word ".repeat(150), "y".repeat(300)));
    assertThat(written.text().lines().filter(line -> line.length() > 78))
        .allMatch(line -> line.strip().startsWith("y") || line.contains("- yyy"));
  }

  @Test
  void each_state_has_its_own_colour_and_says_it_in_words() {
    assertThat(texts.write(Sample.completed()).html())
        .contains("#1e7b3c", "The backup of shop is complete.")
        .doesNotContain("What to do");
    assertThat(texts.write(Sample.failed("no")).html()).contains("bgcolor=\"#b3261e\"");
    assertThat(texts.write(Sample.started()).text())
        .startsWith("The backup of shop has started.")
        .doesNotContain("Took:", "Ended:");
  }

  @Test
  void every_kind_of_error_comes_with_advice() {
    for (ErrorKind kind : ErrorKind.values()) {
      assertThat(Advice.of(kind.word())).as(kind.word()).isNotBlank();
    }
    assertThat(Advice.of("of a newer version")).isEmpty();
  }

  @Test
  void templates_are_overridden_one_by_one() throws IOException {
    override("subject-failed.ftl", "Sicherung ${site}: ${state}");
    MailTexts.Written written = Sample.texts(home).write(Sample.failed("no"));
    assertThat(written.subject()).isEqualTo("Sicherung shop: failed");
    assertThat(written.text()).startsWith("The backup of shop failed.");
  }

  @Test
  void an_override_may_use_a_built_in_part_that_is_not_overridden() throws IOException {
    override("text-completed.ftl", "<#include \"rows.ftl\">Hello! ${headline}");
    assertThat(Sample.texts(home).write(Sample.completed()).text())
        .isEqualTo("Hello! The backup of shop is complete.");
  }

  @Test
  void a_broken_override_never_loses_the_message() throws IOException {
    override("subject-failed.ftl", "<#if broken");
    override("text-failed.ftl", "${nosuchfact}");
    override("html-failed.ftlh", "");
    MailTexts.Written written = Sample.texts(home).write(Sample.failed("The disk is full"));
    assertThat(written.subject()).isEqualTo("[failed] shop: The disk is full");
    assertThat(written.text()).startsWith("The backup of shop failed.");
    assertThat(written.html()).contains("<!DOCTYPE html>");
  }

  @Test
  void a_template_cannot_call_java() throws IOException {
    for (String attack :
        new String[] {
          "${'freemarker.template.utility.Execute'?new()('id')}",
          "${'freemarker.template.utility.ObjectConstructor'?new()('java.io.File','x')}",
          "${site?api.class}",
          "${site.class.name}",
          "${warnings.texts.getClass()}"
        }) {
      override("text-completed.ftl", attack);
      assertThat(Sample.texts(home).write(Sample.completed()).text())
          .as(attack)
          .startsWith("The backup of shop is complete.");
    }
  }

  @Test
  void a_site_that_is_gone_and_a_next_run_that_is_unknown_are_no_obstacle() {
    MailTexts bare =
        new MailTexts(
            new Texts(home, java.util.Map.of(), site -> Optional.empty(), site -> List.of()));
    assertThat(bare.write(Sample.completed()).text())
        .contains("22 November 2026, 00:30:00 +00:00 (UTC)")
        .doesNotContain("Next run");
  }

  private void override(String name, String text) throws IOException {
    Path folder = Files.createDirectories(home.resolve("config/templates"));
    Files.writeString(folder.resolve(name), text);
  }
}
