package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.outbox.UndeliveredMessages;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import io.github.camelakeeba.service.StoreInUseException;
import io.github.camelakeeba.watch.StatusView;
import java.util.List;

/** Who knows how things stand: the store, or the {@code serve} that has it open. */
public interface Backend extends AutoCloseable {

  /** The store of this home; where it is in use by a running serve with an API, that serve. */
  static Backend of(Home home) throws Exception {
    try {
      return new LocalBackend(Service.start(home, StartModes.readOnly(home)));
    } catch (StoreInUseException e) {
      if (e.apiSettings() == null) {
        throw e;
      }
      return new RemoteBackend(e.apiSettings());
    }
  }

  /** How everything stands. */
  StatusView status() throws Exception;

  /** As {@link io.github.camelakeeba.rest.OutboxAdmin#messages}. */
  UndeliveredMessages messages(String channel, boolean parked, int limit) throws Exception;

  /** As {@link io.github.camelakeeba.rest.OutboxAdmin#retry}. */
  int retry(String channel, List<Long> ids) throws Exception;

  /** As {@link io.github.camelakeeba.backup.StopService#stop}. */
  RunView stop(String run) throws Exception;

  /** Whether a running serve answers, by the configuration that it read at its start. */
  default boolean isRemote() {
    return false;
  }

  @Override
  void close() throws Exception;
}
