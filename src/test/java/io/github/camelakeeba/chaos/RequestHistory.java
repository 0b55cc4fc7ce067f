package io.github.camelakeeba.chaos;

import io.github.camelakeeba.event.Event;
import java.util.List;

/**
 * What one request became.
 *
 * @param sequence the faults that it met
 * @param run the run's id
 * @param outcomes how it ended, as often as a channel was told
 * @param begun the records that the site has begun for it, newest first
 * @param steps calls of stepBackup that arrived
 * @param violations what the site holds against the client since the request
 * @param unclear whether the site's clocks leave open what became of a call, so that it can't be
 *     told one that never arrived from one that was cut off
 */
record RequestHistory(
    FaultSequence sequence,
    String run,
    List<Event> outcomes,
    List<Begun> begun,
    int steps,
    List<String> violations,
    boolean unclear) {

  /**
   * A backup on the site.
   *
   * @param damage what spoils its archive, also where nothing shows it
   */
  record Begun(long id, String backupid, String status, List<String> damage) {}

  /** How it ended. */
  Event.Data end() {
    return outcomes.get(0).data();
  }

  boolean good() {
    return List.of("completed", "warning").contains(end().state());
  }

  /** Whether it ended well with the backup that it had begun first. */
  boolean rescued() {
    return good() && begun.stream().filter(each -> !each.backupid().isEmpty()).count() == 1;
  }

  @Override
  public String toString() {
    return sequence + ", run " + run;
  }
}
