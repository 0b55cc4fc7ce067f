package io.github.camelakeeba.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelakeeba.rest.ChangeFeed.Changes;
import io.github.camelakeeba.rest.ChangeFeed.Place;
import io.github.camelakeeba.watch.Summary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The changes for one follower. Of what can't be told in time the newest state wins; {@code reset}
 * says that more has changed than is kept, and that the follower has to ask for all of it.
 */
final class ChangeEvents implements EventStream.Source {
  /** In a quarter of a second: 20 a second. */
  private static final int MAX_MESSAGES = 5;

  private static final long SUMMARY_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long INTERVAL_NANOS =
      TimeUnit.MILLISECONDS.toNanos(EventStream.POLL_INTERVAL_MILLIS);

  private final ChangeFeed feed;
  private final Predicate<String> visible;
  private final Supplier<Summary> summary;
  private final LongSupplier nanoTime;
  private final Map<String, Waiting> urgent = new LinkedHashMap<>();
  private final Map<String, Waiting> progress = new LinkedHashMap<>();
  private Place place;
  private boolean lost;
  private long sentAt;
  private Summary lastSummary;
  private long summaryAt;

  /** The newest message with its key, and the number of the first one that was not told. */
  private record Waiting(long first, ChangeMessage message) {}

  /**
   * What comes after the place.
   *
   * @param visible whether the follower is told of the site with this name
   * @param summary as the follower sees it; null: it is told of none
   */
  ChangeEvents(
      ChangeFeed feed,
      Place place,
      Predicate<String> visible,
      Supplier<Summary> summary,
      LongSupplier nanoTime) {
    this.feed = feed;
    this.place = place;
    this.visible = visible;
    this.summary = summary;
    this.nanoTime = nanoTime;
    this.summaryAt = nanoTime.getAsLong() - SUMMARY_NANOS;
    this.sentAt = nanoTime.getAsLong() - INTERVAL_NANOS;
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
    if (lost) {
      lost = false;
      left--;
      events
          .append("id: ")
          .append(place.id())
          .append('\n')
          .append(ChangeMessage.event("reset", Map.of()));
    }
    if (summary != null && now - summaryAt >= SUMMARY_NANOS) {
      summaryAt = now;
      Summary all = summary.get();
      if (!all.timeless().equals(lastSummary)) {
        lastSummary = all.timeless();
        left--;
        events.append(ChangeMessage.event("summary", all));
      }
    }
    for (; left > 0 && !(urgent.isEmpty() && progress.isEmpty()); left--) {
      ChangeMessage message = take(urgent.isEmpty() ? progress : urgent);
      events.append("id: ").append(told().id()).append('\n').append(message.text());
    }
    if (events.isEmpty()) {
      return null;
    }
    sentAt = now;
    return events.toString();
  }

  private void collect() {
    Changes changes = feed.since(place);
    place = changes.place();
    if (changes.lost()) {
      lost = true;
      urgent.clear();
      progress.clear();
    }
    for (ChangeMessage message : changes.messages()) {
      if (visible.test(message.site())) {
        add(message);
      }
    }
    if (urgent.size() > ChangeFeed.MAX_KEPT || progress.size() > ChangeFeed.MAX_KEPT) {
      lost = true;
      urgent.clear();
      progress.clear();
    }
  }

  /** Behind those that wait already, or in the place of the same key's. */
  private void add(ChangeMessage message) {
    Waiting before = progress.get(message.key());
    if (message.urgent() && before != null) {
      progress.remove(message.key()); // the outcome of a run is more than its progress
    }
    Map<String, Waiting> queue = message.urgent() ? urgent : progress;
    queue.merge(
        message.key(),
        new Waiting(message.number(), message),
        (waits, comes) -> new Waiting(waits.first(), comes.message()));
  }

  private static ChangeMessage take(Map<String, Waiting> queue) {
    String first = queue.keySet().iterator().next();
    return queue.remove(first).message();
  }

  /** All up to here was told. */
  private Place told() {
    long waiting = Math.min(first(urgent), first(progress));
    return waiting == Long.MAX_VALUE ? place : new Place(place.epoch(), waiting - 1);
  }

  private static long first(Map<String, Waiting> queue) {
    return queue.isEmpty() ? Long.MAX_VALUE : queue.values().iterator().next().first();
  }
}
