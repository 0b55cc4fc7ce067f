package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Site;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes up messages to try channels and templates with: each holds all that one of its kind can
 * hold, and is marked as a test.
 */
public final class TrialMessages {
  /** So begin the ids of what is made up; that of a real digest begins with another word. */
  static final String PREFIX = "test/";

  /** When the messages happen that nobody is told. */
  static final Instant TIME = Instant.parse("2026-11-22T00:30:00Z");

  private static final Duration TOOK = Duration.ofMillis(372_400);
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

  private static final TrialMessages OF_NOBODY =
      new TrialMessages(null, "web7", EventSource.SAMPLE, Clock.fixed(TIME, ZoneOffset.UTC));

  private final String site;
  private final String url;
  private final String node;
  private final EventSource source;
  private final Instant now;

  private TrialMessages(String site, String url, String node, EventSource source, Instant now) {
    this.site = site;
    this.url = url;
    this.node = node;
    this.source = source;
    this.now = now;
  }

  /**
   * Of this site.
   *
   * @param site null: of one that is called {@code test}
   * @param node the name of this process
   * @param source where its messages come from
   */
  public TrialMessages(Site site, String node, EventSource source, Clock clock) {
    this(
        site == null ? "test" : site.name(),
        site == null ? "https://www.example.com/" : Events.shown(site),
        node,
        source,
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  /** The message of this kind, one of {@link BuiltIn#KINDS}; a digest has many events. */
  static Message full(String kind) {
    return OF_NOBODY.of(kind);
  }

  private Message of(String kind) {
    return switch (kind) {
      case "digest" -> large("ops");
      case "parked" ->
          Notice.parked(source, "ops", PREFIX + kind, now.minus(GAP), now, ERROR.message());
      default -> event(kind);
    };
  }

  /** The event of this state, one of the six words. */
  public Event event(String state) {
    String id = PREFIX + UUID.randomUUID();
    boolean ofSite = state.equals("missed") || state.equals("recovered");
    Event.Data data = state.equals("missed") ? missed() : run(state, ofSite ? null : id);
    return standing(Events.event(source, id, ofSite ? site : id, now, data)).test();
  }

  private Event standing(Event event) {
    return switch (event.data().state()) {
      case "failed" -> event.standing(now.minus(GAP), null, 2);
      case "missed", "recovered" -> event.standing(now.minus(GAP), GAP.toMillis(), 2);
      default -> event;
    };
  }

  private Event.Data missed() {
    return Events.missed(site, url, 1, node);
  }

  private Event.Data run(String state, String run) {
    boolean started = state.equals("started");
    boolean whole = !started && !state.equals("failed");
    String stamp = STAMP.format(now.atZone(ZoneOffset.UTC));
    return new Event.Data(
        site,
        url,
        state,
        run,
        "command",
        1,
        "Test of a channel by \"notify-test\"",
        "id-" + stamp + "-1",
        1L,
        "site-" + site + "-" + stamp + "utc.jpa",
        whole ? 3 : 0,
        whole ? SIZE : 0,
        started ? now : now.minus(TOOK),
        started ? null : now,
        started ? null : (Long) TOOK.toMillis(),
        started ? 1 : 48,
        started ? 1 : 2,
        0,
        state.equals("warning") ? WARNINGS : new Event.Warnings(0, List.of()),
        state.equals("failed") ? ERROR : null,
        whole ? List.of("archives/" + site + "/site.jpa") : List.of(),
        node,
        null,
        null,
        0,
        false,
        false);
  }

  /** A digest of three events for this channel. */
  public Digest digest(String channel) {
    return digest(channel, Stream.of("completed", "warning", "failed").map(this::event));
  }

  /** Enough of every state for its groups to be cut. */
  private Digest large(String channel) {
    return digest(
        channel,
        IntStream.range(0, 8)
            .mapToObj(i -> new TrialMessages(site + i, url, node, source, now))
            .flatMap(each -> Digest.WORST_FIRST.stream().map(each::event)));
  }

  private Digest digest(String channel, Stream<Event> events) {
    List<Digest.Entry> entries = events.map(Batches::entry).toList();
    return Digest.of(source, PREFIX + UUID.randomUUID(), channel, "digest", entries);
  }
}
