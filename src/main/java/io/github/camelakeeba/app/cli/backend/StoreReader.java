package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.outbox.UndeliveredMessages;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.OfflineHome;
import io.github.camelakeeba.service.StoreErrors.StoreInUseException;
import io.github.camelakeeba.watch.RunStory;
import io.github.camelakeeba.watch.SiteView;
import io.github.camelakeeba.watch.StatusView;
import java.util.List;
import java.util.Optional;

/** Shows what is stored: this process, or the {@code serve} that has the store open. */
public interface StoreReader extends AutoCloseable {
  int MAX_ARCHIVES = 1000; // of a site, as the API has it

  /** Starts no Camel, unless the home cannot be read without. */
  static StoreReader open(Home home) throws Exception {
    Optional<RemoteBackend> serve = RemoteBackend.find(home);
    if (serve.isPresent()) {
      return serve.get();
    }
    Optional<OfflineHome> read = OfflineHome.read(home);
    if (read.isEmpty()) {
      return Backend.readOnly(home);
    }
    try {
      return new LocalStoreReader(read.get().openStore());
    } catch (StoreInUseException e) {
      return RemoteBackend.find(home, e);
    }
  }

  /** The same for what is to stay: makes the store where there is none yet. */
  static StoreReader openToChange(Home home) throws Exception {
    Optional<RemoteBackend> serve = RemoteBackend.find(home);
    if (serve.isPresent()) {
      return serve.get();
    }
    Optional<OfflineHome> read = OfflineHome.read(home);
    if (read.isEmpty()) {
      return Backend.foreground(home);
    }
    try {
      return new LocalStoreReader(read.get().openStoreToChange());
    } catch (StoreInUseException e) {
      return RemoteBackend.find(home, e);
    }
  }

  StatusView status() throws Exception;

  /**
   * As {@link io.github.camelakeeba.pause.PauseRequests#pause(String, String, String, String)}; the
   * site as it then is.
   */
  SiteView pause(String site, String until, String reason) throws Exception;

  /** As {@link io.github.camelakeeba.pause.PauseRequests#resume}; the site as it then is. */
  SiteView resume(String site) throws Exception;

  /** The run of this id, and what happened in it; nothing when there is none. */
  Optional<RunStory> run(String id) throws Exception;

  /**
   * The archives of a site that are at home, the newest first; none: it has none, or is unknown.
   */
  List<StoredArchive> archives(String site) throws Exception;

  /** What was counted in an archive when it was downloaded; empty: that is not known. */
  Optional<Census> counted(StoredArchive archive) throws Exception;

  /** As {@link io.github.camelakeeba.rest.OutboxAdmin#messages}. */
  UndeliveredMessages messages(String channel, boolean parked, int limit) throws Exception;

  /** As {@link io.github.camelakeeba.rest.OutboxAdmin#retry}. */
  int retry(String channel, List<Long> ids) throws Exception;

  /** Whether a running serve answers, by the configuration that it read at its start. */
  boolean isRemote();
}
