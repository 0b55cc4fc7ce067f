package io.github.camelakeeba.trigger;

import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.watch.TriggerStatusProvider.TriggerState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which triggers consume, since when not, and how much. */
public final class TriggerSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(TriggerSupervisor.class);

  private final CamelContext context;
  private final Clock clock;
  private final Map<String, TriggerStatus> statuses = new LinkedHashMap<>(); // guarded by this

  /**
   * @param failingSince since when it consumes nothing; null: it consumes
   * @param problem why, in a line, or null
   * @param accepted messages that became a run, since the start of this process
   */
  public record TriggerStatus(
      String name, Instant failingSince, String problem, long accepted, long rejected) {}

  /** For the enabled triggers of these names, whose routes are in the context. */
  public TriggerSupervisor(CamelContext context, Set<String> names, Clock clock) {
    this.context = context;
    this.clock = clock;
    names.forEach(name -> statuses.put(name, new TriggerStatus(name, null, null, 0, 0)));
  }

  /** After a reload: for these, whose counts go on where they were there before. */
  public synchronized void follow(Set<String> names) {
    statuses.keySet().retainAll(names);
    names.forEach(name -> statuses.putIfAbsent(name, new TriggerStatus(name, null, null, 0, 0)));
  }

  public static String routeId(String trigger) {
    return "backup-trigger-" + trigger;
  }

  public synchronized List<String> names() {
    return List.copyOf(statuses.keySet());
  }

  public synchronized List<TriggerStatus> allStatuses() {
    return List.copyOf(statuses.values());
  }

  public synchronized TriggerStatus status(String name) {
    return statuses.get(name);
  }

  public List<TriggerState> states() {
    return allStatuses().stream()
        .map(one -> new TriggerState(one.name(), one.failingSince(), one.problem()))
        .toList();
  }

  void countAccepted(String trigger) {
    count(trigger, 1, 0);
  }

  void countRejected(String trigger) {
    count(trigger, 0, 1);
  }

  private synchronized void count(String trigger, int accepted, int rejected) {
    TriggerStatus last = statuses.get(trigger);
    if (last == null) {
      return; // taken out while it had a message
    }
    statuses.put(
        trigger,
        new TriggerStatus(
            trigger,
            last.failingSince(),
            last.problem(),
            last.accepted() + accepted,
            last.rejected() + rejected));
  }

  /** Starts the trigger where it does not run, and logs when it went away or is back. */
  public void ensureRunning(String trigger) {
    if (!context.isStarted()) {
      return; // it is stopping
    }
    String problem;
    try {
      context.getRouteController().startRoute(routeId(trigger));
      Route route = context.getRoute(routeId(trigger));
      problem = route == null ? "its route is not there" : ConsumerStatus.problem(route);
    } catch (Exception e) {
      problem = UntrustedText.rootCause(e);
    }
    update(trigger, problem);
  }

  private synchronized void update(String trigger, String problem) {
    TriggerStatus last = statuses.get(trigger);
    if (last == null) {
      return; // taken out meanwhile
    }
    Instant since = last.failingSince();
    if (problem != null && since == null) {
      since = clock.instant();
      LOG.warn("trigger {} consumes nothing: {}; trying again", trigger, problem);
    } else if (problem == null && since != null) {
      long seconds = Duration.between(since, clock.instant()).toSeconds();
      LOG.info("trigger {} is back after {} s", trigger, seconds);
      since = null;
    }
    statuses.put(
        trigger, new TriggerStatus(trigger, since, problem, last.accepted(), last.rejected()));
  }
}
