package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import io.github.camelakeeba.service.StoreInUseException;
import java.util.List;
import java.util.Map;

/** Who takes the backups of a command: this process, or the {@code serve} that runs beside it. */
public interface BackupBackend extends AutoCloseable {

  /** A site that can be asked for. */
  record BackupSite(String site, boolean enabled, List<String> tags) {}

  /** This process; where its store is in use by a running serve with an API, that serve. */
  static BackupBackend of(Home home) throws Exception {
    try {
      return new LocalBackupBackend(Service.start(home, StartModes.foreground(home)));
    } catch (StoreInUseException e) {
      if (e.apiSettings() == null) {
        throw e;
      }
      return new RemoteBackupBackend(e.apiSettings());
    }
  }

  /** All sites, in the configuration's order. */
  List<BackupSite> sites() throws Exception;

  /**
   * Asks for a backup.
   *
   * @param wish the members of a request; those that are null are left out
   * @throws io.github.camelakeeba.run.RunRefusedException when it is not taken
   */
  RunView accept(Map<String, Object> wish) throws Exception;

  /** How the run stands now; with its outcome when it has ended. */
  RunView poll(String run) throws Exception;

  /** Waits, but not for long, until the outcomes have been told. */
  void awaitDelivery(List<Event> outcomes) throws Exception;

  /** Whether a running serve answers, by the configuration that it read at its start. */
  default boolean isRemote() {
    return false;
  }

  @Override
  void close() throws Exception;
}
