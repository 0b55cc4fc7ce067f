package io.github.camelakeeba.rest;

import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.RunQueries;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * What changes in the store, whichever node changes it: runs on their way, outcomes, sites. It has
 * no thread: each follower looks four times a second, and one of them asks the store for all. So
 * nobody asks while nobody follows. Thread-safe.
 */
public final class ChangeFeed {
  /** Messages that are kept for who is slow, or comes back: more has changed than can be told. */
  static final int MAX_KEPT = 2_000;

  /** Of so many runs the progress is told; of the others the outcome. */
  private static final int MAX_RUNS = 1_000;

  /** To tell of more sites that change at once takes longer than to ask for all of them. */
  static final int MAX_SITES = 500;

  private static final long RUNS_NANOS =
      TimeUnit.MILLISECONDS.toNanos(EventStream.POLL_INTERVAL_MILLIS);
  private static final long SITES_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** What was known when nobody had asked for so long is forgotten. */
  private static final long FORGET_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Longer than any pause between two questions, by clocks of nodes that differ. */
  private static final Duration LATELY = Duration.ofSeconds(75);

  /** The pause is so many times as long as the question: at most 2 % of a core. */
  private static final int PAUSES = 49;

  private final RunQueries runs;
  private final SiteChanges sites;
  private final LongSupplier nanoTime;
  private final Clock clock;

  private final ReentrantLock asking = new ReentrantLock();
  private Map<String, RunView> running; // guarded by asking, as is all up to here; null: forgotten
  private final Map<String, Boolean> told = new LinkedHashMap<>(); // outcomes, by their runs
  private long sitesAskedAt;
  private long askedAt;
  private volatile long dueAt;

  private final TreeMap<Long, ChangeMessage> kept = new TreeMap<>(); // guarded by this, as the rest
  private final Map<String, ChangeMessage> newest = new HashMap<>();
  private String epoch = newEpoch();
  private long number;
  private long droppedUpTo;

  /** What has changed about sites. */
  public interface SiteChanges {
    /** Since the last question; nothing at the first. Empty: too much to tell one by one. */
    Optional<List<SiteChange>> next(int most);
  }

  /**
   * A site's standing has changed.
   *
   * @param body as the API shows the site
   */
  public record SiteChange(String site, Object body) {}

  public ChangeFeed(RunQueries runs, SiteChanges sites, LongSupplier nanoTime, Clock clock) {
    this.runs = runs;
    this.sites = sites;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.askedAt = nanoTime.getAsLong();
    this.dueAt = askedAt;
  }

  /** A place among the messages: what comes after it has not been told. */
  record Place(String epoch, long number) {
    /** As the id of a server-sent event. */
    String id() {
      return epoch + "-" + number;
    }
  }

  /** Where a follower begins who has received this id, or null: now. */
  synchronized Place place(String lastEventId) {
    if (lastEventId == null || lastEventId.isEmpty()) {
      return new Place(epoch, number);
    }
    String[] parts = lastEventId.split("-", 2);
    boolean known = parts.length == 2 && parts[1].matches("\\d{1,18}");
    return known ? new Place(parts[0], Long.parseLong(parts[1])) : new Place("", 0);
  }

  /**
   * What has changed behind a place.
   *
   * @param lost whether there was more than is kept: the messages are none then
   * @param place behind all of them
   */
  record Changes(boolean lost, List<ChangeMessage> messages, Place place) {}

  synchronized Changes since(Place place) {
    boolean lost =
        !place.epoch.equals(epoch) || place.number < droppedUpTo || place.number > number;
    return new Changes(
        lost,
        lost ? List.of() : List.copyOf(kept.tailMap(place.number, false).values()),
        new Place(epoch, number));
  }

  /** Asks the store what has changed, if it is time and nobody else is asking. */
  void ask() {
    long begun = nanoTime.getAsLong();
    if (begun - dueAt < 0 || !asking.tryLock()) {
      return;
    }
    try {
      if (running == null || begun - askedAt > FORGET_NANOS) {
        begin();
      } else {
        askForRuns();
        if (begun - sitesAskedAt >= SITES_NANOS) {
          sitesAskedAt = begun;
          askForShortRuns();
          askForSites();
        }
      }
    } finally {
      askedAt = nanoTime.getAsLong();
      long pause = Math.max(RUNS_NANOS, PAUSES * (askedAt - begun));
      dueAt = askedAt + Math.min(pause, MAX_PAUSE_NANOS);
      asking.unlock();
    }
  }

  private void begin() {
    running = null;
    told.clear();
    endedLately().forEach(run -> told.put(run, true));
    sites.next(MAX_SITES);
    running = readRunning();
    synchronized (this) {
      epoch = newEpoch();
      drop();
    }
  }

  private static String newEpoch() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  private Map<String, RunView> readRunning() {
    return runs.running(MAX_RUNS).stream().collect(Collectors.toMap(RunView::id, run -> run));
  }

  private void askForRuns() {
    Map<String, RunView> now = readRunning();
    Set<String> gone = new HashSet<>(running.keySet());
    gone.removeAll(now.keySet());
    List<RunView> left = gone.isEmpty() ? List.of() : runs.views(gone);
    now.values().stream()
        .filter(run -> !run.equals(running.get(run.id())))
        .forEach(run -> publish("progress", run.id(), run.site(), run));
    left.forEach(this::publishLeft);
    running = now;
  }

  /** A run that is not running any more, or not among those that are looked at. */
  private void publishLeft(RunView run) {
    if (run.outcome() == null) {
      publish("progress", run.id(), run.site(), run);
    } else if (told.put(run.id(), true) == null) {
      publish("outcome", run.id(), run.site(), run.outcome());
    }
    if (told.size() > MAX_KEPT) {
      told.remove(told.keySet().iterator().next());
    }
  }

  /** Those that began and ended between two questions. */
  private void askForShortRuns() {
    List<String> ended = new ArrayList<>(endedLately());
    ended.removeAll(told.keySet());
    if (!ended.isEmpty()) {
      runs.views(ended).forEach(this::publishLeft);
    }
  }

  private List<String> endedLately() {
    return runs.endedSince(clock.instant().minus(LATELY), MAX_RUNS);
  }

  private void askForSites() {
    Optional<List<SiteChange>> changes = sites.next(MAX_SITES);
    if (changes.isEmpty()) {
      loseAll();
    } else {
      for (SiteChange change : changes.get()) {
        publish("site", "site " + change.site(), change.site(), change.body());
      }
    }
  }

  /** So that each follower has to ask for all anew. */
  private synchronized void loseAll() {
    number++;
    drop();
  }

  private synchronized void drop() {
    kept.clear();
    newest.clear();
    droppedUpTo = number;
  }

  private synchronized void publish(String event, String key, String site, Object body) {
    number++;
    ChangeMessage message = new ChangeMessage(number, event, key, site, body);
    ChangeMessage before = newest.put(key, message);
    if (before != null) {
      kept.remove(before.number());
    }
    kept.put(number, message);
    while (kept.size() > MAX_KEPT) {
      ChangeMessage eldest = kept.pollFirstEntry().getValue();
      newest.remove(eldest.key());
      droppedUpTo = eldest.number();
    }
  }
}
