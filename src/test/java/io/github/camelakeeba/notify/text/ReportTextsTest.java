package io.github.camelakeeba.notify.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.Report;
import io.github.camelakeeba.notify.channel.ChatRenderer;
import io.github.camelakeeba.notify.channel.MailRenderer;
import io.github.camelakeeba.notify.channel.MailRenderer.RenderedMail;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTextsTest {
  private static final Instant NOW = Instant.parse("2026-11-30T05:00:00Z");
  private static final String GOOD = "c".repeat(30);

  @TempDir Path home;

  private MessageRenderer renderer() {
    return new MessageRenderer(home, Map.of(), name -> Optional.empty(), name -> List.of());
  }

  private static Report.Entry site(String name, String state, String strip, String reason) {
    return new Report.Entry(
        name,
        null,
        true,
        state,
        NOW.minus(Duration.ofHours(22)),
        2_600_000L,
        strip,
        NOW.plus(Duration.ofHours(2)),
        "at 02:30 every day",
        reason);
  }

  private static Report report(
      String sentence, int total, Map<String, Integer> states, List<Report.Entry> sites) {
    return Report.of(
        EventSource.SAMPLE,
        NOW,
        NOW,
        new Report.Data(
            List.of(),
            "Europe/Athens",
            sentence,
            total,
            states,
            proofs(sites),
            0,
            sites,
            NOW.plus(Duration.ofDays(7)),
            false));
  }

  private static Map<String, Integer> proofs(List<Report.Entry> sites) {
    return sites.stream()
        .filter(site -> site.proof() != null)
        .collect(Collectors.toMap(Report.Entry::proof, site -> 1, Integer::sum));
  }

  private static Report.Entry tested(String name, String proof, Duration proved) {
    return new Report.Entry(
        name,
        null,
        true,
        "completed",
        NOW.minus(Duration.ofHours(22)),
        2_600_000L,
        GOOD,
        null,
        null,
        null,
        proof,
        proved == null ? null : NOW.minus(proved));
  }

  private RenderedMail mail(Report report) {
    return new MailRenderer(renderer()).render(report);
  }

  @Test
  void that_all_is_well_is_said_too_with_a_row_a_site() {
    RenderedMail mail =
        mail(
            report(
                "All 2 sites have a good backup.",
                2,
                Map.of("completed", 2),
                List.of(
                    site("shop", "completed", GOOD, null),
                    site("blog", "completed", "..........cccccccccwcccc-ccccc", null))));

    assertThat(mail.subject()).isEqualTo("[report] All 2 sites have a good backup.");
    assertThat(mail.text())
        .contains("2 sites: 2 completed\n")
        .contains(
            """
            COMPLETED  blog
              ..........cccccccccwcccc-ccccc
              last good 29 Nov, 09:00, 22 h old; next 30 Nov, 09:00
            """)
        .contains("Times are those of Europe/Athens. Next report: 7 December 2026, 07:00:00")
        .doesNotContain("could not be delivered", "more;");
    assertThat(mail.html())
        .contains(">..........<", ">ccccccccc<", ">w<", ">cccc<", ">-<", ">ccccc<")
        .contains("bgcolor=\"#1e7b3c\"");
  }

  @Test
  void the_worst_state_gives_the_colour_and_reasons_are_escaped() {
    RenderedMail mail =
        mail(
            report(
                "1 of 2 sites needs you.",
                2,
                Map.of("failed", 1, "completed", 1),
                List.of(
                    site("shop", "failed", GOOD, "<b>no</b> \"space\""),
                    site("blog", "completed", GOOD, null))));

    assertThat(mail.html())
        .contains("bgcolor=\"#b3261e\"", "&lt;b&gt;no&lt;/b&gt; &quot;space&quot;")
        .doesNotContain("<b>no</b>");
    assertThat(mail.text()).contains("  <b>no</b> \"space\"\n");
  }

  @Test
  void of_ten_thousand_sites_the_mail_stays_small_and_says_how_many_are_left_out() {
    List<Report.Entry> listed =
        IntStream.range(0, Report.MAX_SITES)
            .mapToObj(
                i ->
                    site(
                        "customer-" + i, i < 3 ? "missed" : "completed", GOOD, i < 3 ? "no" : null))
            .toList();
    RenderedMail mail =
        mail(
            report(
                "3 of 10,000 sites need you.",
                10_000,
                Map.of("missed", 3, "completed", 9_997),
                listed));

    assertThat(mail.text()).contains("10,000 sites: 3 missed, 9,997 completed", "and 9,200 more");
    assertThat(mail.html()).contains("customer-799", "and 9,200 more");
    assertThat(mail.html().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(600_000);
  }

  @Test
  void a_chat_gets_the_sentence_the_sum_and_the_first_ten_that_need_somebody() {
    List<Report.Entry> sites =
        IntStream.range(0, 12).mapToObj(i -> site("s" + i, "failed", GOOD, "no answer")).toList();
    ChatText text =
        new ChatRenderer(renderer())
            .apply(report("12 of 12 sites need you.", 12, Map.of("failed", 12), sites));

    assertThat(text.title()).isEqualTo("[report] 12 of 12 sites need you.");
    assertThat(text.text())
        .startsWith("12 sites: 12 failed\n")
        .contains("- s9 (failed): no answer", "and more")
        .doesNotContain("s10");
  }

  @Test
  void a_site_that_has_never_had_a_backup_or_is_switched_off_is_said_to() {
    Report.Entry never =
        new Report.Entry(
            "new", "Nagelneu", true, "never", null, null, ".".repeat(30), null, null, null);
    Report.Entry off =
        new Report.Entry(
            "old", null, false, "completed", NOW, null, GOOD, null, "at 02:30 every day", null);
    RenderedMail mail =
        mail(
            report(
                "1 of 2 sites has no good backup yet.",
                2,
                Map.of("never", 1, "completed", 1),
                List.of(never, off)));

    assertThat(mail.text())
        .contains("NEVER      Nagelneu\n", "  no good backup yet; on events only\n")
        .contains(" old; switched off\n");
  }

  @Test
  void one_without_any_backup_gives_the_whole_no_colour_of_good_ones() {
    Report.Entry never =
        new Report.Entry("new", null, true, "never", null, null, ".".repeat(30), null, null, null);
    Report.Entry good =
        new Report.Entry(
            "shop", null, true, "completed", NOW, null, GOOD, null, "at 02:30 every day", null);

    assertThat(
            ReportModel.worst(
                report(
                    "1 of 2 sites has no good backup yet.",
                    2,
                    Map.of("never", 1, "completed", 1),
                    List.of(never, good))))
        .isEqualTo("never");
  }

  @Test
  void how_many_sites_a_restore_has_proved_is_said_and_which_it_has_not() {
    Report report =
        report(
            "All 9 sites have a good backup. 7 not proved by a restore.",
            9,
            Map.of("completed", 9),
            Stream.concat(
                    Stream.of(
                        tested("shop", "proved", Duration.ofDays(3)),
                        tested("blog", "unproved", Duration.ofDays(40)),
                        tested("new", "never", null)),
                    IntStream.range(0, 6)
                        .mapToObj(i -> tested("old" + i, "overdue", Duration.ofDays(95))))
                .toList());
    String sum =
        "Restore tests: 1 unproved (blog), 6 overdue (old0, old1, old2, old3, old4, …), 1 not proved"
            + " yet, 1 proved";

    RenderedMail mail = mail(report);
    assertThat(mail.text().replaceAll("\\s+", " ")).contains("9 sites: 9 completed " + sum + " ");
    assertThat(mail.text())
        .contains("  proved by a restore 3 d ago\n")
        .contains("  not proved by the last restore test; a restore proved it 40 d ago\n")
        .contains("  not proved by a restore yet\n")
        .contains("  proof overdue: a restore proved it 95 d ago\n");
    assertThat(mail.html())
        .contains(sum.replace("Restore tests:", "<b>Restore tests</b>:"))
        .contains("color:#9a5b00\">proof overdue: a restore proved it 95 d ago<")
        .contains("color:#57606a\">proved by a restore 3 d ago<");
    assertThat(new ChatRenderer(renderer()).apply(report).text()).contains(sum);
    assertThat(ReportModel.worst(report)).isEqualTo("warning");
  }
}
