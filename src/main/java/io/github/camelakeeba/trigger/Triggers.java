package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.ServerText;
import io.github.camelakeeba.run.TriggerStates.TriggerState;
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

/** The bean {@code backup-triggers}: which triggers consume, since when not, and how much. */
public final class Triggers {
  private static final Logger LOG = LoggerFactory.getLogger(Triggers.class);
  private static final int LONGEST_REASON = 300;

  private final CamelContext context;
  private final Clock clock;
  private final Map<String, Standing> standings = new LinkedHashMap<>();

  /** How a trigger stands: guarded by this. */
  private static final class Standing {
    private Instant failingSince;
    private String trouble;
    private long accepted;
    private long refused;
  }

  /**
   * How a trigger stands.
   *
   * @param failingSince since when it consumes nothing; null: it consumes
   * @param trouble why, in a line, or null
   * @param accepted messages that became a run, since the start of this process
   * @param refused messages that did not
   */
  public record View(
      String name, Instant failingSince, String trouble, long accepted, long refused) {}

  /** For the enabled triggers of these names, whose routes are in the context. */
  public Triggers(CamelContext context, Set<String> names, Clock clock) {
    this.context = context;
    this.clock = clock;
    names.forEach(name -> standings.put(name, new Standing()));
  }

  /** The route of a trigger. */
  static String route(String trigger) {
    return "backup-trigger-" + trigger;
  }

  /** The triggers, in the file's order. */
  public List<String> names() {
    return List.copyOf(standings.keySet());
  }

  /** How they all stand, in the file's order. */
  public synchronized List<View> views() {
    return standings.keySet().stream().map(this::view).toList();
  }

  /** How this one stands. */
  public synchronized View view(String name) {
    Standing one = standings.get(name);
    return new View(name, one.failingSince, one.trouble, one.accepted, one.refused);
  }

  /** For the health page, in the file's order. */
  public List<TriggerState> states() {
    return views().stream()
        .map(one -> new TriggerState(one.name(), one.failingSince() != null))
        .toList();
  }

  synchronized void accepted(String trigger) {
    standings.get(trigger).accepted++;
  }

  synchronized void refused(String trigger) {
    standings.get(trigger).refused++;
  }

  /** Starts the trigger where it does not run, and says so when it went away or is back. */
  public void look(String trigger) {
    if (!context.isStarted()) {
      return; // it is stopping
    }
    String trouble;
    try {
      context.getRouteController().startRoute(route(trigger));
      Route route = context.getRoute(route(trigger));
      trouble = route == null ? null : Connection.trouble(route);
    } catch (Exception e) {
      trouble = ServerText.reason(e, LONGEST_REASON);
    }
    stands(trigger, trouble);
  }

  private synchronized void stands(String trigger, String trouble) {
    Standing one = standings.get(trigger);
    if (trouble != null && one.failingSince == null) {
      one.failingSince = clock.instant();
      LOG.warn("trigger {} consumes nothing: {}; trying again", trigger, trouble);
    } else if (trouble == null && one.failingSince != null) {
      long seconds = Duration.between(one.failingSince, clock.instant()).toSeconds();
      LOG.info("trigger {} is back after {} s", trigger, seconds);
      one.failingSince = null;
    }
    one.trouble = trouble;
  }
}
