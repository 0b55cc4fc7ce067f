package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Digest;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.ParkedNotice;
import io.github.camelakeeba.event.Report;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.DigestBatches;
import io.github.camelakeeba.run.BackupEventFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes test messages that hold all that one of their kind can hold. */
public final class SampleMessages {
  static final String ID_PREFIX = "test/";
  static final Instant TIME = Instant.parse("2026-11-22T00:30:00Z");
  private static final Duration DURATION = Duration.ofMillis(372_400);
  private static final Duration GAP = Duration.ofHours(27);
  private static final long SIZE = 734_003_200;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  // quotes and brackets: what does not escape them must not pass a trial
  private static final Event.Error ERROR =
      new Event.Error(
          "backup-error", "The disk is full: could not write to \"site.jpa\", <1 MB> is left");
  private static final Event.Warnings WARNINGS =
      new Event.Warnings(
          2,
          List.of(
              "Unreadable file \"/srv/www/cache/page.html\"; check its permissions",
              "Skipped the directory /srv/www/tmp: it could not be opened"));

  private static final SampleMessages UNSENT =
      new SampleMessages(null, "web7", EventSource.SAMPLE, Clock.fixed(TIME, ZoneOffset.UTC));

  private final String site;
  private final String url;
  private final String node;
  private final EventSource source;
  private final Instant now;

  private SampleMessages(String site, String url, String node, EventSource source, Instant now) {
    this.site = site;
    this.url = url;
    this.node = node;
    this.source = source;
    this.now = now;
  }

  /** {@code site} null: of one that is called {@code test}; {@code node} names this process. */
  public SampleMessages(Site site, String node, EventSource source, Clock clock) {
    this(
        site == null ? "test" : site.name(),
        site == null ? "https://www.example.com/" : BackupEventFactory.displayUrl(site),
        node,
        source,
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  /** The message of this kind, one of {@link BuiltInTemplates#KINDS}; a digest has many events. */
  public static Notification full(String kind) {
    return UNSENT.of(kind);
  }

  private Notification of(String kind) {
    return switch (kind) {
      case "digest" -> largeDigest();
      case "report" -> report();
      case "parked" ->
          ParkedNotice.parked(
              source, "ops", ID_PREFIX + kind, now.minus(GAP), now, ERROR.message());
      default -> event(kind);
    };
  }

  public Event event(String state) {
    String id = ID_PREFIX + UUID.randomUUID();
    boolean ofProof = NotificationRouter.PROOFS.contains(state);
    boolean ofSite = ofProof || state.equals("missed") || state.equals("recovered");
    Event.Data data =
        state.equals("missed")
            ? BackupEventFactory.missed(site, url, 1, node, null)
            : run(state, ofSite ? null : id, ofProof ? proof(state) : null);
    return withSiteHealth(BackupEventFactory.event(source, id, ofSite ? site : id, now, data))
        .asTest();
  }

  private Event withSiteHealth(Event event) {
    return switch (event.data().state()) {
      case "failed" -> event.withSiteHealth(now.minus(GAP), null, 2);
      case "missed", "recovered" -> event.withSiteHealth(now.minus(GAP), GAP.toMillis(), 2);
      default -> event;
    };
  }

  private Event.Proof proof(String state) {
    boolean tested = !state.equals("untested");
    boolean proved = state.equals("proved");
    return new Event.Proof(
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        now,
        "11.4.5-MariaDB",
        tested ? 7 : null,
        tested ? 3_119L : null,
        proved ? now : now.minus(GAP),
        proved
            ? null
            : tested
                ? "Table #__content: 2,999 rows were restored, the backup has 3,000; \"<lost>\""
                : "The database server at \"db.example.com:3306\" does not answer: <timeout>");
  }

  private Event.Data run(String state, String run, Event.Proof proof) {
    boolean started = state.equals("started");
    boolean whole = !started && !state.equals("failed");
    String stamp = STAMP.format(now.atZone(ZoneOffset.UTC));
    return new Event.Data(
        site,
        url,
        state,
        run,
        "command",
        "cli:admin",
        1,
        "Test of a channel by \"notify-test\"",
        "id-" + stamp + "-1",
        1L,
        "site-" + site + "-" + stamp + "utc.jpa",
        whole ? 3 : 0,
        whole ? SIZE : 0,
        started ? now : now.minus(DURATION),
        started ? null : now,
        started ? null : (Long) DURATION.toMillis(),
        started ? 1 : 48,
        started ? 1 : 2,
        0,
        state.equals("warning") ? WARNINGS : new Event.Warnings(0, List.of()),
        state.equals("failed") ? ERROR : null,
        whole ? List.of("archives/" + site + "/site.jpa") : List.of(),
        whole ? new Event.Content(21_407, 2_410_000_000L, 164, 1_203_377) : null,
        node,
        null,
        null,
        0,
        false,
        false,
        proof);
  }

  /** Of more sites than it lists. */
  public Report report() {
    List<Report.Entry> sites =
        List.of(
            entry("missed", 5, "No good backup of test for 5 d.", "ccccccccccccccccccccccccm-----"),
            entry("failed", 2, ERROR.message(), "..........cccccccccccccccccccf"),
            entry("warning", 0, null, "cccccccccwcccccccccccccccccccw"),
            entry("paused", 9, null, "cccccccccccccccccccccppppppppp"),
            entry("never", 0, null, ".............................r"),
            entry("completed", 0, null, "cccccc-cccccc-cccccc-cccccc-cc"));
    Map<String, Integer> states = new LinkedHashMap<>();
    sites.forEach(one -> states.put(one.state(), one.state().equals("completed") ? 9_209 : 1));
    states.put("running", 1);
    return Report.of(
        source,
        now,
        now,
        new Report.Data(
            List.of("test"),
            "UTC",
            "2 of 9,214 sites need you.",
            9_214,
            states,
            Map.of("unproved", 1, "overdue", 1, "never", 4, "proved", 9_206),
            2,
            sites,
            now.plus(Duration.ofDays(7)),
            true));
  }

  private Report.Entry entry(String state, int daysAgo, String reason, String strip) {
    boolean never = state.equals("never");
    return new Report.Entry(
        "test-" + state,
        "Test <" + state + ">",
        !never,
        state,
        never ? null : now.minus(Duration.ofDays(daysAgo)).minus(DURATION),
        never ? null : (Long) SIZE,
        strip,
        never ? null : now.plus(Duration.ofDays(1)),
        never ? null : "at 00:30 every day",
        reason,
        switch (state) {
          case "completed" -> "proved";
          case "failed" -> "unproved";
          case "warning" -> "overdue";
          default -> null;
        },
        switch (state) {
          case "completed" -> now.minus(Duration.ofDays(3));
          case "failed" -> now.minus(Duration.ofDays(33));
          default -> null;
        });
  }

  public Digest digest(String channel) {
    return digest(channel, Stream.of("completed", "warning", "failed").map(this::event));
  }

  /** Enough of every state for its groups to be cut. */
  private Digest largeDigest() {
    return digest(
        "ops",
        IntStream.range(0, 8)
            .mapToObj(i -> new SampleMessages(site + i, url, node, source, now))
            .flatMap(each -> Digest.STATES_BY_SEVERITY.stream().map(each::event)));
  }

  private Digest digest(String channel, Stream<Event> events) {
    List<Digest.Entry> entries = events.map(DigestBatches::toEntry).toList();
    return Digest.of(source, ID_PREFIX + UUID.randomUUID(), channel, "digest", entries);
  }
}
