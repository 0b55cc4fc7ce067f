package io.github.camelakeeba.notify.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.SiteAddress;
import io.github.camelakeeba.config.proof.ProofSettings;
import io.github.camelakeeba.event.Digest;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.event.SampleDigests;
import io.github.camelakeeba.notify.channel.ChatRenderer;
import io.github.camelakeeba.notify.channel.MailRenderer;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DigestTextsTest {
  private static final String AWAY = "No connection to %s.example.com within 10 s.";

  private final MessageRenderer wording = texts(Map.of());
  private final MailRenderer texts = new MailRenderer(wording);

  @Test
  void the_subject_counts_the_states_the_worst_first() {
    SampleDigests digest = new SampleDigests();
    for (int i = 0; i < 40; i++) {
      digest.and("completed", "site" + i);
    }
    digest.failed("a", "timeout", "one").failed("b", "timeout", "two").failed("c", "busy", "three");
    assertThat(texts.render(digest.made()).subject()).isEqualTo("[digest] 3 failed, 40 completed");
  }

  @Test
  void every_event_is_in_it_the_worst_state_first() {
    MailRenderer.RenderedMail written = texts.render(mixed().made());
    assertThat(written.text())
        .containsSubsequence(
            "FAILED (1)", "shop", "MISSED (1)", "old", "WARNING (1)", "blog", "RECOVERED (1)")
        .containsSubsequence("news", "COMPLETED (1)", "good", "STARTED (1)", "begun")
        .contains(
            "  22 Nov, 00:30  shop              timeout: too slow; 3 in a row; last good 20",
            "  22 Nov, 00:30  old               no good backup for 2 d 4 h; 3 failures",
            "  22 Nov, 00:30  blog              2 warnings; 2.6 MB in 3 s",
            "  22 Nov, 00:30  good              2.6 MB in 3 s");
    assertThat(written.html())
        .containsSubsequence(">FAILED<", ">shop<", ">MISSED<", ">old<", ">WARNING<", ">blog<")
        .containsSubsequence(">RECOVERED<", ">COMPLETED<", ">STARTED<");
  }

  @Test
  void many_sites_with_one_reason_are_one_paragraph_though_each_has_its_own_host() {
    SampleDigests digest = new SampleDigests();
    Map<String, Site> sites = new java.util.HashMap<>();
    for (int i = 0; i < 50; i++) {
      String name = "customer" + i;
      sites.put(name, site(name, "Europe/Athens"));
      digest.failed(name, "unreachable", AWAY.formatted(name));
    }
    digest.failed("other", "backup-error", "The disk is full");
    MailRenderer.RenderedMail written = new MailRenderer(texts(sites)).render(digest.made());

    String common = "No connection to … within 10 s.";
    assertThat(written.subject()).isEqualTo("[digest] 51 failed: " + common);
    assertThat(written.text())
        .contains("Most common reason: " + common, "50 sites, unreachable: " + common)
        .containsOnlyOnce("What to do: Open the site")
        .containsSubsequence("customer0, customer1,", "customer49", "Others:", "other ");
    assertThat(written.html()).contains("50 sites, unreachable:", "customer48, customer49");
  }

  @Test
  void a_thousand_sites_that_fail_at_once_are_told_in_the_first_line() {
    SampleDigests digest = new SampleDigests().reason("gathered");
    for (int i = 0; i < 1000; i++) {
      digest.failed("customer" + i, "unreachable", "The network is gone.");
    }
    MailRenderer.RenderedMail written = texts.render(digest.made());
    assertThat(written.subject()).isEqualTo("[digest] 1,000 failed: The network is gone.");
    assertThat(written.text())
        .startsWith("1,000 sites failed within 16 min 39 s.\n\nMost common reason: The network");
    ChatText chat = new ChatRenderer(wording).apply(digest.made());
    assertThat(chat.title()).isEqualTo("[digest] 1,000 failed: The network is gone.");
    assertThat(chat.text())
        .startsWith("1,000 sites failed within 16 min 39 s.")
        .contains("customer29 and 970 more")
        .hasSizeLessThan(1_000);
  }

  @Test
  void one_that_failed_again_and_again_is_named_once_with_a_number() {
    SampleDigests digest = new SampleDigests();
    for (int i = 0; i < 24; i++) {
      digest.failed(i % 3 == 0 ? "blog" : "shop", "timeout", "too slow");
    }
    assertThat(texts.render(digest.made()).text())
        .contains("2 sites, timeout: too slow", "blog (8×), shop (16×)");
  }

  @Test
  void what_waited_in_quiet_hours_says_so() {
    assertThat(texts.render(mixed().reason("quiet").made()).text())
        .startsWith("In the quiet hours: 1 failed, 1 missed, 1 warning, 1 recovered, 1 completed");
  }

  @Test
  void times_are_in_the_sites_zone_and_carry_their_offset_where_zones_differ() {
    Digest digest = new SampleDigests().and("completed", "a").and("completed", "b").made();
    assertThat(athensAnd("Europe/Athens").render(digest).text())
        .contains("From 22 November 2026, 02:30:00 +02:00 (Europe/Athens)", "22 Nov, 02:30  a");
    assertThat(athensAnd("America/New_York").render(digest).text())
        .contains("22 Nov, 02:30 +02:00  a", "21 Nov, 19:30 -05:00  b");
  }

  @Test
  void a_chat_has_the_worst_first_and_of_each_state_ten() {
    SampleDigests digest = mixed();
    for (int i = 0; i < 300; i++) {
      digest.failed("lone" + i, "backup-error", i + " " + "reason ".repeat(60));
    }
    ChatText chat = new ChatRenderer(wording).apply(digest.made());
    assertThat(chat.title()).startsWith("[digest] 301 failed, 1 missed");
    assertThat(chat.text())
        .containsSubsequence(
            "FAILED (301)", "- shop: timeout: too slow", "and 291 more", "MISSED (1)");
  }

  @Test
  void a_digest_made_up_by_notify_test_is_marked_and_a_real_one_of_a_site_named_test_is_not() {
    Digest madeUp =
        new SampleMessages(
                null, "web7", EventSource.SAMPLE, Clock.fixed(SampleDigests.START, ZoneOffset.UTC))
            .digest("ops");
    MailRenderer.RenderedMail written = texts.render(madeUp);
    assertThat(written.subject()).startsWith("[TEST] [digest] 1 failed");
    assertThat(written.text()).startsWith("[TEST] ").contains("This is a test.");
    assertThat(written.html()).contains("[TEST]", "This is a test.");
    assertThat(new ChatRenderer(wording).apply(madeUp).title()).startsWith("[TEST] ");
    assertThat(texts.render(new SampleDigests().and("missed", "test").made()).subject())
        .isEqualTo("[digest] 1 missed");
  }

  @Test
  @Timeout(60)
  void ten_thousand_events_are_told_whole_in_seconds() {
    SampleDigests digest = new SampleDigests();
    for (int i = 0; i < 5_000; i++) {
      digest.failed("failed" + i, "backup-error", i + " " + "z".repeat(290));
      digest.and("completed", "good" + i);
    }
    MailRenderer.RenderedMail written = texts.render(digest.made());
    assertThat(written.text()).contains("failed4999 ", "good4999 ").hasSizeLessThan(4_000_000);
    assertThat(written.html()).contains(">failed4999<", ">good4999<").hasSizeLessThan(4_000_000);
    assertThatCode(() -> HostileTextsTest.parse(written.html())).doesNotThrowAnyException();
  }

  private static SampleDigests mixed() {
    return new SampleDigests()
        .and("completed", "good")
        .and("started", "begun")
        .and("recovered", "news")
        .and("warning", "blog")
        .and("missed", "old")
        .failed("shop", "timeout", "too slow.");
  }

  private static MailRenderer athensAnd(String zone) {
    return new MailRenderer(texts(Map.of("a", site("a", "Europe/Athens"), "b", site("b", zone))));
  }

  private static MessageRenderer texts(Map<String, Site> sites) {
    return new MessageRenderer(
        SampleBackup.PROJECT, sites, site -> Optional.empty(), site -> List.of());
  }

  private static Site site(String name, String zone) {
    return new Site(
        name,
        SiteAddress.parse("https://" + name + ".example.com/index.php"),
        null,
        null,
        null,
        ZoneId.of(zone),
        1,
        "",
        "",
        Map.of(),
        name,
        Duration.ofMinutes(15),
        Duration.ofMinutes(20),
        Duration.ofMinutes(30),
        new Site.Retry(3, 1),
        true,
        List.of(),
        null,
        null,
        Duration.ofHours(6),
        null,
        null,
        null,
        50,
        null,
        ProofSettings.NONE);
  }
}
