package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.notify.Events;
import io.github.camelakeeba.notify.Post;
import io.github.camelakeeba.notify.Recipients;
import io.github.camelakeeba.notify.Standing;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** In which word a run ends, and who is told of it. */
public final class Outcomes {
  private final RunStore store;
  private final Events events;
  private final Recipients recipients;
  private final RunListener listener;
  private final Clock clock;

  /** Events and recipients come from the configuration; runs are measured by this clock. */
  public Outcomes(
      RunStore store, Events events, Recipients recipients, RunListener listener, Clock clock) {
    this.store = store;
    this.events = events;
    this.recipients = recipients;
    this.listener = listener;
    this.clock = clock;
  }

  /** The run with its terminal state: failed for whatever reason, else warning, else completed. */
  public Run decide(@Body Run run) {
    RunState end =
        run.failure() != null
            ? RunState.FAILED
            : run.warnings().count() > 0 ? RunState.WARNING : RunState.COMPLETED;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    // it may have begun on another node, whose clock goes ahead of ours
    boolean early = run.startedAt() != null && now.isBefore(run.startedAt());
    return run.ended(end, early ? run.startedAt() : now);
  }

  /** Writes the end of the run and what must be told of it. */
  public Run end(Run run) {
    return close(run, null);
  }

  /** The same of one that this node has only just taken from the store. */
  Run stopped(Run stored) {
    return end(decide(store.inHand(stored)));
  }

  /** The same of one whose archive may be home. */
  public Run close(@Body Run run, @Variable("backup-kept") KeptArchive kept) {
    List<String> downloaded = kept == null ? List.of() : kept.paths();
    Run told = store.told(run);
    Run ended = store.end(told, before -> told(told, before, downloaded));
    listener.ended(ended);
    return ended;
  }

  /** How it ended; and when the site had failed or was overdue, that it has recovered. */
  private List<Post> told(Run run, Standing before, List<String> downloaded) {
    boolean good = run.state() != RunState.FAILED;
    Event outcome = events.of(run, run.state().word(), downloaded);
    List<Post> posts = new ArrayList<>();
    posts.add(
        post(
            good ? outcome : outcome.standing(before.lastGoodAt(), null, before.failures() + 1),
            false));
    if (good && before.bad()) {
      posts.add(post(events.recovered(run, before, downloaded), before.missedAt() != null));
    }
    return posts;
  }

  private Post post(Event event, boolean missed) {
    return new Post(event, recipients.of(event, missed, event.time()));
  }

  /** Writes the first checkpoint of a started run and what must be told of it. */
  public Run started(@Body Run run) {
    return store.started(run, post(events.of(store.told(run), "started"), false));
  }
}
