package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Site;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes up messages to try a channel with; each event is marked as a test. */
public final class TestMessages {
  /** So begin the ids of what is made up; that of a real digest begins with another word. */
  static final String PREFIX = "test/";

  private static final Duration TOOK = Duration.ofMillis(372_400);
  private static final Duration GAP = Duration.ofHours(27);
  private static final long SIZE = 734_003_200;
  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final Event.Error ERROR =
      new Event.Error(
          "backup-error", "The disk is full: could not write to the archive file (only a test)");

  private final String site;
  private final String url;
  private final String node;
  private final Instant now;

  /**
   * Of this site.
   *
   * @param site null: of one that is called {@code test}
   * @param node the name of this process
   */
  public TestMessages(Site site, String node, Clock clock) {
    this.site = site == null ? "test" : site.name();
    this.url = site == null ? "https://www.example.com/" : Events.shown(site);
    this.node = node;
    this.now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The event of this state, one of the six words. */
  public Event event(String state) {
    String id = PREFIX + UUID.randomUUID();
    boolean ofSite = state.equals("missed") || state.equals("recovered");
    Event event =
        new Event(
            Message.SPECVERSION,
            id,
            "/sites/" + site,
            "io.github.camelakeeba.backup." + state + ".v1",
            ofSite ? site : id,
            now,
            Message.JSON,
            data(state, ofSite ? null : id));
    return standing(event, state).test();
  }

  private Event standing(Event event, String state) {
    return switch (state) {
      case "failed" -> event.standing(now.minus(GAP), null, 1);
      case "missed" -> event.standing(now.minus(GAP), GAP.toMillis(), 1);
      case "recovered" -> event.standing(now.minus(GAP), GAP.toMillis(), 2);
      default -> event;
    };
  }

  private Event.Data data(String state, String run) {
    boolean missed = state.equals("missed");
    boolean started = state.equals("started");
    boolean whole = !missed && !started && !state.equals("failed");
    Instant begin = missed ? null : started ? now : now.minus(TOOK);
    return new Event.Data(
        site,
        url,
        state,
        run,
        missed ? null : "command",
        1,
        missed ? null : "Test of a channel by notify-test",
        missed ? null : "id-" + stamp() + "-1",
        missed ? null : (Long) 1L,
        missed ? null : "site-" + site + "-" + stamp() + "utc.jpa",
        whole ? 3 : 0,
        whole ? SIZE : 0,
        begin,
        missed || started ? null : now,
        missed || started ? null : (Long) TOOK.toMillis(),
        missed ? 0 : started ? 1 : 48,
        missed ? 0 : 1,
        0,
        warnings(state),
        state.equals("failed") ? ERROR : null,
        List.of(),
        node,
        null,
        null,
        0,
        false,
        false);
  }

  private String stamp() {
    return STAMP.format(now.atZone(ZoneOffset.UTC));
  }

  private static Event.Warnings warnings(String state) {
    return state.equals("warning")
        ? new Event.Warnings(
            2,
            List.of(
                "Unreadable file /srv/www/cache/page.html; check its permissions",
                "Skipped the directory /srv/www/tmp: it could not be opened"))
        : new Event.Warnings(0, List.of());
  }

  /** A digest of three events for this channel. */
  public Digest digest(String channel) {
    List<Digest.Entry> entries =
        List.of("completed", "warning", "failed").stream()
            .map(state -> Batches.entry(event(state)))
            .toList();
    Map<String, Integer> counts = new LinkedHashMap<>();
    List.of("failed", "warning", "completed").forEach(state -> counts.put(state, 1));
    return new Digest(
        Message.SPECVERSION,
        PREFIX + UUID.randomUUID(),
        "/channels/" + channel,
        Digest.TYPE,
        channel,
        now,
        Message.JSON,
        new Digest.Data(channel, "digest", now.minus(TOOK), now, counts, entries));
  }
}
