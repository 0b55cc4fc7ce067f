package io.github.camelakeeba.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelakeeba.rest.ChangeFeed.Changes;
import io.github.camelakeeba.rest.ChangeFeed.Place;
import io.github.camelakeeba.watch.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The changes for one follower. Of what can't be told in time the newest state wins; {@code reset}
 * says that more has changed than is kept, and that the follower has to ask for all of it.
 */
final class ChangeEvents implements EventStream.Source {
  /** In a quarter of a second: 20 a second. */
  private static final int MAX_MESSAGES = 5;

  private static final long SUMMARY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** In a wave all is lost again and again: who asks for all has what changed until then. */
  private static final long RESET_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long INTERVAL_NANOS =
      TimeUnit.MILLISECONDS.toNanos(EventStream.POLL_INTERVAL_MILLIS);

  private final ChangeFeed feed;
  private final Predicate<String> visible;
  private final LongFunction<Summary> summary;
  private final LongSupplier nanoTime;
  private final Map<String, Waiting> outcomes = new LinkedHashMap<>();
  private final Map<String, Waiting> sites = new LinkedHashMap<>();
  private final Map<String, Waiting> progress = new LinkedHashMap<>();
  private final List<Map<String, Waiting>> queues = List.of(outcomes, sites, progress);
  private Place place;
  private boolean lost;
  private long resetAt;
  private boolean siteTold; // the last that was no outcome
  private long sentAt;
  private Summary lastSummary;
  private long summaryAt;

  /** The newest message with its key, and the number of the first one that was not told. */
  private record Waiting(long first, ChangeMessage message) {}

  /**
   * What comes after the place.
   *
   * @param visible whether the follower is told of the site with this name
   * @param summary as the follower sees it, read at or after this time; null: it is told of none
   */
  ChangeEvents(
      ChangeFeed feed,
      Place place,
      Predicate<String> visible,
      LongFunction<Summary> summary,
      LongSupplier nanoTime) {
    this.feed = feed;
    this.place = place;
    this.visible = visible;
    this.summary = summary;
    this.nanoTime = nanoTime;
    this.summaryAt = nanoTime.getAsLong() - SUMMARY_NANOS;
    this.sentAt = nanoTime.getAsLong() - INTERVAL_NANOS;
    this.resetAt = nanoTime.getAsLong() - RESET_NANOS;
  }

  @Override
  public boolean finished() {
    return false;
  }

  @Override
  public String next() throws JsonProcessingException {
    long now = nanoTime.getAsLong();
    if (now - sentAt < INTERVAL_NANOS) {
      return null;
    }
    feed.ask();
    collect();
    StringBuilder events = new StringBuilder();
    int left = MAX_MESSAGES;
    if (lost && now - resetAt >= RESET_NANOS) {
      lost = false;
      resetAt = now;
      left--;
      append(events, ChangeMessage.event("reset", Map.of()));
    }
    if (summary != null && now - summaryAt >= SUMMARY_NANOS) {
      Summary all = readSummary(now);
      if (!all.timeless().equals(lastSummary)) {
        lastSummary = all.timeless();
        left--;
        events.append(ChangeMessage.event("summary", all));
      }
    }
    for (; left > 0 && !lost && waiting(); left--) {
      append(events, take().text());
    }
    if (events.isEmpty()) {
      return null;
    }
    sentAt = now;
    return events.toString();
  }

  private Summary readSummary(long now) {
    long read = lastSummary == null ? now : summaryAt;
    summaryAt = now;
    Summary all = summary.apply(read);
    summaryAt = nanoTime.getAsLong();
    return all;
  }

  private void collect() {
    Changes changes = feed.since(place);
    place = changes.place();
    if (changes.lost()) {
      lose();
    }
    for (ChangeMessage message : changes.messages()) {
      if (visible.test(message.site())) {
        add(message);
      }
    }
    if (queues.stream().anyMatch(queue -> queue.size() > ChangeFeed.MAX_KEPT)) {
      lose();
    }
  }

  private void lose() {
    lost = true;
    queues.forEach(Map::clear);
  }

  /** Behind those that wait already, or in the place of the same key's. */
  private void add(ChangeMessage message) {
    Map<String, Waiting> queue =
        switch (message.event()) {
          case "outcome" -> outcomes;
          case "site" -> sites;
          default -> progress;
        };
    if (queue == outcomes) {
      progress.remove(message.key()); // the outcome of a run is more than its progress
    }
    queue.merge(
        message.key(),
        new Waiting(message.number(), message),
        (waits, comes) -> new Waiting(waits.first(), comes.message()));
  }

  private boolean waiting() {
    return queues.stream().anyMatch(queue -> !queue.isEmpty());
  }

  /** Outcomes first; sites and progress in turn. */
  private ChangeMessage take() {
    if (!outcomes.isEmpty()) {
      return take(outcomes);
    }
    siteTold = progress.isEmpty() || !sites.isEmpty() && !siteTold;
    return take(siteTold ? sites : progress);
  }

  private static ChangeMessage take(Map<String, Waiting> queue) {
    String first = queue.keySet().iterator().next();
    return queue.remove(first).message();
  }

  private void append(StringBuilder events, String text) {
    events.append("id: ").append(told().id()).append('\n').append(text);
  }

  /** All up to here was told. */
  private Place told() {
    long first =
        queues.stream()
            .filter(queue -> !queue.isEmpty())
            .mapToLong(queue -> queue.values().iterator().next().first())
            .min()
            .orElse(place.number() + 1);
    return new Place(place.epoch(), first - 1);
  }
}
