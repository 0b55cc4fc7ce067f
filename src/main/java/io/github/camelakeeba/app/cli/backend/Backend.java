package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.proof.Proof;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import io.github.camelakeeba.service.StoreErrors.StoreInUseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Executes commands: this process, or the {@code serve} that has the store open. */
public interface Backend extends StoreReader {
  /** Whose commands these are, as {@code requestedBy} says it. */
  String COMMAND_USER = "cli:" + System.getProperty("user.name");

  /**
   * A site that may be backed up.
   *
   * @param paused the pause that lasts; null: it is not paused
   * @param zone null: it has no schedule
   */
  record BackupSite(
      String site,
      boolean enabled,
      List<String> tags,
      int failures,
      SitePause paused,
      String zone) {}

  /** To read the store of this home, and to stop runs. */
  static Backend readOnly(Home home) throws Exception {
    return open(home, StartModes.readOnly(home), false);
  }

  static Backend foreground(Home home) throws Exception {
    return open(home, StartModes.foreground(home), true);
  }

  private static Backend open(Home home, Service.Plan plan, boolean backups) throws Exception {
    Optional<RemoteBackend> serve = RemoteBackend.find(home);
    if (serve.isPresent()) {
      return serve.get();
    }
    try {
      return new LocalBackend(Service.start(home, plan), backups);
    } catch (StoreInUseException e) {
      return RemoteBackend.find(home, e);
    }
  }

  /** As {@link io.github.camelakeeba.backup.StopService#stop}. */
  RunView stop(String run) throws Exception;

  /** All sites, in the configuration's order. */
  List<BackupSite> sites() throws Exception;

  /** Requests a backup; null members count as left out. Throws {@code RunRefusedException}. */
  RunView accept(Map<String, Object> request) throws Exception;

  /** The state of the run; with its outcome when it has ended. */
  RunView poll(String run) throws Exception;

  /**
   * Asks for a restore test of the site's archive with this id (null: the newest). Throws {@code
   * RunRefusedException}.
   */
  Proof prove(String site, String id) throws Exception;

  /** The restore test as it is now. */
  Proof proof(Proof asked) throws Exception;

  /** Waits, but not for long, until what is told of this restore test has been delivered. */
  void awaitDeliveryOf(Proof proof) throws Exception;

  /** Waits, but not for long, until the outcomes have been delivered. */
  void awaitDelivery(List<Event> outcomes) throws Exception;
}
