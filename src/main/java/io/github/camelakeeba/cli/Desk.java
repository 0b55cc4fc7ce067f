package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Undelivered;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.StatusView;
import java.util.List;

/** Who knows how things stand: the store, or the {@code serve} that has it open. */
interface Desk extends AutoCloseable {

  /** The store of this home; where it is in use by a running serve with an API, that serve. */
  static Desk of(Home home) throws Exception {
    try {
      return new StoreDesk(Service.start(home, Plans.look(home)));
    } catch (StoreInUseException e) {
      if (e.api() == null) {
        throw e;
      }
      return new ServeDesk(e.api());
    }
  }

  /** How everything stands. */
  StatusView status() throws Exception;

  /** As {@link io.github.camelakeeba.run.OutboxDesk#messages}. */
  Undelivered messages(String channel, boolean parked, int limit) throws Exception;

  /** As {@link io.github.camelakeeba.run.OutboxDesk#retry}. */
  int retry(String channel, List<Long> ids) throws Exception;

  /** As {@link io.github.camelakeeba.run.StopDesk#stop}. */
  RunView stop(String run) throws Exception;

  /** Whether a running serve answers, by the configuration that it read at its start. */
  default boolean served() {
    return false;
  }

  @Override
  void close() throws Exception;
}
