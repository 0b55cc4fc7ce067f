package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The intervals and time limits of the engine that are no user's setting: what a user may set is a
 * key of {@code application.properties} or {@code sites.yaml}. The product runs with {@link
 * #SHIPPED}; tests shorten what they would otherwise have to sit out.
 *
 * @param heartbeatInterval between two heartbeats of a node, each with a claim
 * @param nodeTimeout a node without a heartbeat for so long is dead, and its runs are taken over;
 *     many times {@code heartbeatInterval}
 * @param settleTime idle time before the next step of a site that says no minimum step time
 * @param minWatchTime a worker is not called dead before its files were unchanged for so long
 * @param secondPollPause between the two polls of another backup that seems to be abandoned
 * @param startPause from the start of a route that polls to its first poll
 * @param watchdogInterval between two polls for overdue sites and due reminders
 * @param triggerInterval between two checks of the triggers' consumers
 * @param clockInterval between two comparisons of the wall clock with the steady one
 * @param alignInterval between two searches for times that lie too far in the future
 * @param historyStartPause from the start to the first purge of old runs and messages
 * @param proofInterval between two searches for restore tests that are due, or overdue
 * @param recheckInterval between two polls for downloaded archives that are due to be read again
 * @param deliveryInterval between two polls of the outbox of a channel, and of the pending replies
 * @param firstRetryPause after the first failed delivery; it doubles
 * @param maxRetryPause between two attempts to deliver, at most
 * @param maxGatherPauses of {@code backup.outbox.gather}: the first failure of a storm waits so
 *     many at most, and so far apart are the messages of a storm
 * @param holdPause before a message is tried again that came while the store is away, and before a
 *     dead letter is; it doubles
 * @param foregroundTimeout a command waits so long for the delivery of its outcomes
 * @param requestTimeout a request to the HTTP API has so long, at most twice, to arrive
 * @param idleTimeout of a connection to the HTTP API that is not just being answered
 * @param followerInterval a follower of a run without news gets a comment so often
 * @param inspectionInterval between two polls for sites that are to be inspected
 * @param watchInterval between two inspections of a watched site
 * @param lookInterval between two inspections of any other site
 * @param shutdownTimeout an ordered stop waits so long for calls in flight; whole seconds
 */
@Internal
public record Timings(
    Duration heartbeatInterval,
    Duration nodeTimeout,
    Duration settleTime,
    Duration minWatchTime,
    Duration secondPollPause,
    Duration connectTimeout,
    Duration startPause,
    Duration watchdogInterval,
    Duration triggerInterval,
    Duration clockInterval,
    Duration alignInterval,
    Duration historyStartPause,
    Duration historyInterval,
    Duration proofInterval,
    Duration recheckInterval,
    Duration deliveryInterval,
    Duration firstRetryPause,
    Duration maxRetryPause,
    int maxGatherPauses,
    Duration holdPause,
    Duration maxHoldPause,
    Duration foregroundTimeout,
    Duration requestTimeout,
    Duration idleTimeout,
    Duration followerInterval,
    Duration inspectionInterval,
    Duration watchInterval,
    Duration lookInterval,
    Duration shutdownTimeout) {
  public static final Timings SHIPPED =
      new Timings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(3),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(1),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofMinutes(10),
          60,
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofSeconds(8));

  /** A test shortens them in a child process by this property: {@code name=milliseconds,…}. */
  public static final String PROPERTY = "camel-akeeba-backup.timings";

  /** {@link #SHIPPED} but for {@link #PROPERTY}; {@link IllegalArgumentException}: unreadable. */
  public static Timings ofProcess() {
    String text = System.getProperty(PROPERTY, "");
    Map<String, Long> changes = new LinkedHashMap<>();
    for (String change : text.isEmpty() ? new String[0] : text.split(",")) {
      String[] parts = change.split("=", 2);
      changes.put(parts[0], Long.valueOf(parts[parts.length - 1]));
    }
    return SHIPPED.with(changes);
  }

  /**
   * These but for the changes: milliseconds, or a number, by the component's name. Throws {@link
   * IllegalArgumentException} at a name that is none, and at less than 1.
   */
  public Timings with(Map<String, Long> changes) {
    Map<String, Long> all = new LinkedHashMap<>(values());
    changes.forEach(
        (name, value) -> {
          if (value < 1 || all.replace(name, value) == null) {
            throw new IllegalArgumentException(
                "no timing of the engine: %s=%s; there are %s"
                    .formatted(name, value, new TreeSet<>(all.keySet())));
          }
        });
    try {
      return (Timings)
          Timings.class.getDeclaredConstructors()[0].newInstance(
              Arrays.stream(Timings.class.getRecordComponents())
                  .map(component -> value(component, all.get(component.getName())))
                  .toArray());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every record has this constructor", e);
    }
  }

  private static Object value(RecordComponent component, long number) {
    return component.getType() == int.class
        ? (Object) Math.toIntExact(number)
        : Duration.ofMillis(number);
  }

  public Map<String, Long> values() {
    Map<String, Long> values = new LinkedHashMap<>();
    for (RecordComponent component : Timings.class.getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(this);
        values.put(
            component.getName(),
            value instanceof Duration time ? time.toMillis() : ((Integer) value).longValue());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("every record can be read", e);
      }
    }
    return values;
  }

  /** Milliseconds by placeholder: {@code backup-timing-<name>}, the name in kebab case. */
  public Map<String, String> placeholders() {
    Map<String, String> placeholders = new LinkedHashMap<>();
    values()
        .forEach(
            (name, value) ->
                placeholders.put(
                    "backup-timing-" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT),
                    String.valueOf(value)));
    return placeholders;
  }
}
