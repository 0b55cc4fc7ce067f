package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.outbox.UndeliveredMessages;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.OfflineHome;
import io.github.camelakeeba.service.StoreErrors.StoreInUseException;
import io.github.camelakeeba.watch.RunStory;
import io.github.camelakeeba.watch.StatusView;
import java.util.List;
import java.util.Optional;

/** Shows what is stored: this process, or the {@code serve} that has the store open. */
public interface StoreReader extends AutoCloseable {
  /** Starts no Camel, unless the home cannot be read without. */
  static StoreReader open(Home home) throws Exception {
    Optional<OfflineHome> read = OfflineHome.read(home);
    if (read.isEmpty()) {
      return Backend.readOnly(home);
    }
    try {
      return new LocalStoreReader(read.get());
    } catch (StoreInUseException e) {
      return RemoteBackend.of(e);
    }
  }

  StatusView status() throws Exception;

  /** The run of this id, and what happened in it; nothing when there is none. */
  Optional<RunStory> run(String id) throws Exception;

  /** As {@link io.github.camelakeeba.rest.OutboxAdmin#messages}. */
  UndeliveredMessages messages(String channel, boolean parked, int limit) throws Exception;

  /** As {@link io.github.camelakeeba.rest.OutboxAdmin#retry}. */
  int retry(String channel, List<Long> ids) throws Exception;

  /** Whether a running serve answers, by the configuration that it read at its start. */
  boolean isRemote();
}
