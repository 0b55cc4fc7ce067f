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
  private final Map<String, MutableStatus> statuses = new LinkedHashMap<>();

  /** How a trigger stands: guarded by this. */
  private static final class MutableStatus {
    private Instant failingSince;
    private String problem;
    private long accepted;
    private long rejected;
  }

  /**
   * How a trigger stands.
   *
   * @param failingSince since when it consumes nothing; null: it consumes
   * @param problem why, in a line, or null
   * @param accepted messages that became a run, since the start of this process
   * @param rejected messages that did not
   */
  public record TriggerStatus(
      String name, Instant failingSince, String problem, long accepted, long rejected) {}

  /** For the enabled triggers of these names, whose routes are in the context. */
  public TriggerSupervisor(CamelContext context, Set<String> names, Clock clock) {
    this.context = context;
    this.clock = clock;
    names.forEach(name -> statuses.put(name, new MutableStatus()));
  }

  /** The route of a trigger. */
  static String routeId(String trigger) {
    return "backup-trigger-" + trigger;
  }

  /** The triggers, in the file's order. */
  public List<String> names() {
    return List.copyOf(statuses.keySet());
  }

  /** How they all stand, in the file's order. */
  public synchronized List<TriggerStatus> allStatuses() {
    return statuses.keySet().stream().map(this::status).toList();
  }

  /** How this one stands. */
  public synchronized TriggerStatus status(String name) {
    MutableStatus one = statuses.get(name);
    return new TriggerStatus(name, one.failingSince, one.problem, one.accepted, one.rejected);
  }

  /** For the health page, in the file's order. */
  public List<TriggerState> states() {
    return allStatuses().stream()
        .map(one -> new TriggerState(one.name(), one.failingSince() != null))
        .toList();
  }

  synchronized void countAccepted(String trigger) {
    statuses.get(trigger).accepted++;
  }

  synchronized void countRejected(String trigger) {
    statuses.get(trigger).rejected++;
  }

  /** Starts the trigger where it does not run, and says so when it went away or is back. */
  public void ensureRunning(String trigger) {
    if (!context.isStarted()) {
      return; // it is stopping
    }
    String trouble;
    try {
      context.getRouteController().startRoute(routeId(trigger));
      Route route = context.getRoute(routeId(trigger));
      trouble = route == null ? null : ConsumerStatus.problem(route);
    } catch (Exception e) {
      trouble = UntrustedText.rootCause(e);
    }
    update(trigger, trouble);
  }

  private synchronized void update(String trigger, String trouble) {
    MutableStatus one = statuses.get(trigger);
    if (trouble != null && one.failingSince == null) {
      one.failingSince = clock.instant();
      LOG.warn("trigger {} consumes nothing: {}; trying again", trigger, trouble);
    } else if (trouble == null && one.failingSince != null) {
      long seconds = Duration.between(one.failingSince, clock.instant()).toSeconds();
      LOG.info("trigger {} is back after {} s", trigger, seconds);
      one.failingSince = null;
    }
    one.problem = trouble;
  }
}
