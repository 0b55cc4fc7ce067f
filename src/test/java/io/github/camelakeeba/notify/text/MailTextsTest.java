package io.github.camelakeeba.notify.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.PastRun;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.notify.channel.MailRenderer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTextsTest {
  private static final Instant LAST_GOOD = SampleBackup.END.minus(Duration.ofHours(52));

  @TempDir Path home;
  private final MailRenderer texts = SampleBackup.texts(SampleBackup.PROJECT);

  @Test
  void the_subject_tells_state_site_and_reason() {
    assertThat(subject(SampleBackup.started())).isEqualTo("[started] shop");
    assertThat(subject(SampleBackup.completed())).isEqualTo("[completed] shop: 2.6 MB in 3 s");
    assertThat(subject(SampleBackup.warning("a", "b", "c")))
        .isEqualTo("[warning] shop: 3 warnings: a");
    assertThat(subject(SampleBackup.warning("a"))).isEqualTo("[warning] shop: 1 warning: a");
    assertThat(subject(SampleBackup.failed("The disk is full")))
        .isEqualTo("[failed] shop: The disk is full");
    assertThat(subject(failedOften())).isEqualTo("[failed] shop (3 in a row): The disk is full");
    assertThat(subject(SampleBackup.missed(0)))
        .isEqualTo("[missed] shop: no good backup for 2 d 4 h");
    assertThat(subject(SampleBackup.recovered()))
        .isEqualTo("[recovered] shop: good again after 2 d 4 h");
    assertThat(subject(SampleBackup.parked("no answer")))
        .isEqualTo("[parked] channel ops: no answer");
  }

  @Test
  void a_failure_says_what_to_do_and_when_the_next_run_is() {
    String text = texts.render(SampleBackup.failed("The disk is full")).text();
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
            "Run:         shop@2026-11-22T00:30:00Z")
        .doesNotContain("in a row");
  }

  @Test
  void a_failure_says_how_many_in_a_row_and_how_old_the_last_good_backup_is() {
    MailRenderer.RenderedMail written = texts.render(failedOften());
    assertThat(written.text())
        .startsWith("The backup of shop failed, 3 times in a row.")
        .contains(
            "Last good:   2 d 4 h before: 19 November 2026, 22:30:03 +02:00 (Europe/Athens)",
            "Failures:    3 in a row");
    assertThat(written.html()).contains("2 d 4 h before: 19 November 2026", ">3 in a row<");
  }

  @Test
  void a_reminder_says_that_it_still_lasts() {
    Event again = failedOften().asReminder(SampleBackup.END.plus(Duration.ofHours(24)));
    assertThat(subject(again)).isEqualTo("[failed] shop, still (3 in a row): The disk is full");
    assertThat(texts.render(again).text())
        .startsWith("The backup of shop still fails, 3 times in a row.")
        .contains("3 d 4 h before: 19 November");
    assertThat(texts.render(again).html()).contains("FAILED (reminder)");
    Event missed = SampleBackup.missed(0).asReminder(SampleBackup.END);
    assertThat(subject(missed)).isEqualTo("[missed] shop: still no good backup for 2 d 4 h");
    assertThat(texts.render(missed).text()).startsWith("Still no good backup of shop for 2 d 4 h.");
  }

  @Test
  void a_missed_backup_says_since_when_and_whether_it_was_tried() {
    assertThat(texts.render(SampleBackup.missed(0)).text())
        .startsWith("No good backup of shop for 2 d 4 h.\n\nWhat to do: Was this service down")
        .contains("\"test shop\"", "Failures:    none since then", "Next run:    23 November 2026");
    assertThat(texts.render(SampleBackup.missed(2)).text())
        .contains("What to do: The site was asked, but its backups failed", "2 since then");
    Event never = SampleBackup.missed(0).withSiteHealth(null, Duration.ofHours(52).toMillis(), 0);
    assertThat(texts.render(never).text())
        .contains("Last good:   none since 19 November 2026, 22:30:03 +02:00 (Europe/Athens)");
  }

  @Test
  void a_recovery_says_what_it_ends_and_what_there_is_now() {
    assertThat(texts.render(SampleBackup.recovered()).text())
        .startsWith("The backups of shop are good again, after 2 d 4 h.")
        .contains(
            "Failures:    3 before this one", "Archive:     site-shop-20261122.jpa", "2.6 MB");
  }

  @Test
  void a_parked_message_says_which_channel_since_when_why_and_what_to_do() {
    MailRenderer.RenderedMail written = texts.render(SampleBackup.parked("mail ops: no answer"));
    assertThat(written.text())
        .startsWith("Channel ops did not take a message for 1 d; it is parked.\n\nmail ops: no")
        .contains("outbox list", "outbox retry", "Tried since: 21 November 2026, 02:30:03 +02:00");
    assertThat(written.html()).contains("mail ops: no answer", "outbox retry");
  }

  @Test
  void a_test_is_marked_everywhere() {
    for (Event event :
        List.of(
            SampleBackup.started(),
            SampleBackup.completed(),
            SampleBackup.warning("w"),
            SampleBackup.failed("f"),
            SampleBackup.missed(0),
            SampleBackup.recovered())) {
      MailRenderer.RenderedMail written = texts.render(event.asTest());
      assertThat(written.subject()).startsWith("[TEST] [");
      assertThat(written.text()).startsWith("[TEST] ").contains("This is a test.");
      assertThat(written.html()).contains("[TEST]", "This is a test.");
      assertThat(texts.render(event).html()).doesNotContain("TEST", "This is a test.");
    }
  }

  @Test
  void fifty_warnings_are_listed_and_the_rest_is_counted() {
    String[] warnings =
        IntStream.rangeClosed(1, 62).mapToObj(i -> "file " + i).toArray(String[]::new);
    MailRenderer.RenderedMail written = texts.render(SampleBackup.warning(warnings));
    assertThat(written.text()).contains("Warnings (62):", "  - file 50\n", "  and 12 more");
    assertThat(written.text()).doesNotContain("file 51");
    assertThat(written.html()).contains("62 warnings", ">file 50<", "and 12 more");
  }

  @Test
  void text_lines_are_at_most_78_characters_wide_and_hang_below_each_other() {
    String text = texts.render(SampleBackup.warning("word ".repeat(150), "y".repeat(300))).text();
    assertThat(text.lines().filter(line -> line.length() > 78))
        .allMatch(line -> line.contains("yyy"));
    assertThat(text).contains("  - word word", "\n    word word");
  }

  @Test
  void each_state_has_its_own_colour_and_says_it_in_words() {
    assertThat(texts.render(SampleBackup.completed()).html())
        .contains("#1e7b3c", "COMPLETED", "The backup of shop is complete.")
        .doesNotContain("What to do");
    assertThat(texts.render(SampleBackup.failed("no")).html())
        .contains("bgcolor=\"#b3261e\"", "FAILED");
    assertThat(texts.render(SampleBackup.started()).text())
        .startsWith("The backup of shop has started.")
        .doesNotContain("Took:", "Ended:");
  }

  @Test
  void every_kind_of_error_comes_with_advice() {
    for (ErrorKind kind : ErrorKind.values()) {
      assertThat(Remedies.of(kind.word())).as(kind.word()).isNotBlank();
    }
    assertThat(Remedies.of("of a newer version")).isEmpty();
  }

  @Test
  void the_last_backups_are_a_bar_that_needs_no_colour() {
    List<PastRun> past = new ArrayList<>();
    for (String state : List.of("completed", "warning", "failed", "completed")) {
      past.add(new PastRun(state, LAST_GOOD.plus(Duration.ofHours(past.size()))));
    }
    past.add(new PastRun("failed", SampleBackup.END.plusSeconds(1)));
    MailRenderer.RenderedMail written = with(past).render(SampleBackup.completed());
    assertThat(written.text())
        .contains("Last 4: ✓ ! ✗ ✓\n(newest last; ✓ completed, ! warning, ✗ failed)");
    assertThat(written.html())
        .contains("title=\"failed, 20 November 2026, 00:30:03 +02:00 (Europe/Athens)\"", ">✗</td>");
  }

  @Test
  void without_a_history_there_is_no_bar_and_a_store_that_is_away_stops_no_mail() {
    assertThat(texts.render(SampleBackup.completed()).text()).doesNotContain("Last ");
    MessageRenderer away =
        new MessageRenderer(
            home,
            SampleBackup.sites(),
            site -> {
              throw new IllegalStateException("no schedule");
            },
            site -> {
              throw new IllegalStateException("the store is away");
            });
    assertThat(new MailRenderer(away).render(SampleBackup.completed()).text())
        .startsWith("The backup of shop is complete.")
        .doesNotContain("Last ", "Next run");
  }

  @Test
  void a_site_that_is_gone_and_a_next_run_that_is_unknown_are_no_obstacle() {
    MessageRenderer bare =
        new MessageRenderer(home, Map.of(), site -> Optional.empty(), site -> List.of());
    assertThat(new MailRenderer(bare).render(SampleBackup.completed()).text())
        .contains("22 November 2026, 00:30:00 +00:00 (UTC)")
        .doesNotContain("Next run");
  }

  private String subject(Notification message) {
    return texts.render(message).subject();
  }

  private static Event failedOften() {
    return SampleBackup.failed("The disk is full").withSiteHealth(LAST_GOOD, null, 3);
  }

  private static MailRenderer with(List<PastRun> past) {
    return new MailRenderer(
        new MessageRenderer(
            SampleBackup.PROJECT,
            SampleBackup.sites(),
            site -> Optional.of(SampleBackup.NEXT),
            site -> past));
  }
}
