package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.run.RunView;
import java.util.List;
import java.util.Map;

/** Who takes the backups of a command: this process, or the {@code serve} that runs beside it. */
interface Worker extends AutoCloseable {

  /** A site that can be asked for. */
  record Choice(String site, boolean enabled, List<String> tags) {}

  /** This process; where its store is in use by a running serve with an API, that serve. */
  static Worker of(Home home) throws Exception {
    try {
      return new ForegroundWorker(Service.start(home, Plans.foreground(home)));
    } catch (StoreInUseException e) {
      if (e.api() == null) {
        throw e;
      }
      return new ServeWorker(e.api());
    }
  }

  /** All sites, in the configuration's order. */
  List<Choice> sites() throws Exception;

  /**
   * Asks for a backup.
   *
   * @param wish the members of a request; those that are null are left out
   * @throws io.github.camelakeeba.run.RunRefusedException when it is not taken
   */
  RunView accept(Map<String, Object> wish) throws Exception;

  /** How the run stands now; with its outcome when it has ended. */
  RunView look(String run) throws Exception;

  /** Waits, but not for long, until the outcomes have been told. */
  void told(List<Event> outcomes) throws Exception;

  /** Whether a running serve answers, by the configuration that it read at its start. */
  default boolean served() {
    return false;
  }

  @Override
  void close() throws Exception;
}
