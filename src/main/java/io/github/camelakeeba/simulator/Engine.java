package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.simulator.archive.StoredBackup;
import io.github.camelakeeba.simulator.http.HttpListener;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The backup engine: a destructive start, steps without a lock, the saved state forgotten at the
 * end (protocol, sections 1 and 6).
 */
final class Engine {
  private static final String LOST_STATE =
      "A backup error has occurred: Akeeba Engine detected a problem while saving temporary data."
          + " Please restart your backup.";

  private static final String NO_BACKUPID =
      "JSON API :: stepBackup -- You have not provided the required backupid parameter. This"
          + " parameter is MANDATORY since May 2016. Please update your client software to include"
          + " this parameter.";

  private static final String NO_JPA =
      "Undefined constant \"Akeeba\\Engine\\Archiver\\_JPA_MAJOR\"";

  /** So often the archive is seen to have grown during a step. */
  private static final int MOMENTS = 4;

  private static final DateTimeFormatter TAKEN_ON =
      DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy HH:mm", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final ProductProfile manner;
  private final SimulatorSettings settings;
  private final RecordStore records;
  private final ProtocolChecker judge;
  private final HttpListener clock;
  private final Map<String, SimulatedBackup> saved = new HashMap<>();
  private int lastProfile = 1;

  Engine(
      ProductProfile manner,
      SimulatorSettings settings,
      RecordStore records,
      ProtocolChecker judge,
      HttpListener clock) {
    this.manner = manner;
    this.settings = settings;
    this.records = records;
    this.judge = judge;
    this.clock = clock;
  }

  /**
   * Kills whatever runs on the site, then begins; throws {@link ApiErrorException}. A JPA after a
   * ZIP that it killed fails, once (protocol, section 6).
   */
  ObjectNode start(StoredBackup.StartParameters order, WorkerFault mishap)
      throws InterruptedException {
    SimulatedBackup backup;
    synchronized (records) {
      List<StoredBackup> victims = victims();
      victims.forEach(this::displace);
      if (settings.kind.equals("jpa")
          && victims.stream().anyMatch(row -> row.archive.endsWith(".zip"))) {
        throw new ApiErrorException(500, NO_JPA);
      }
      lastProfile = order.profile();
      backup = new SimulatedBackup(settings.plan, order.profile(), SimulatedBackup.START);
      backup.row = records.add(described(order), "json");
      saved.put(backup.row.backupid, backup);
    }
    return work(backup.row.backupid, backup, mishap);
  }

  /** The same by another client: nothing of it counts against the client. */
  StoredBackup foreignStart(StoredBackup.StartParameters order, String origin) {
    synchronized (records) {
      for (StoredBackup victim : victims()) {
        if (!isBeingWritten(victim)) {
          saved.values().removeIf(state -> state.row == victim);
          judge.displacedByOthers(victim.backupid);
        }
        victim.displaced();
      }
      lastProfile = order.profile();
      return records.add(order, origin);
    }
  }

  /** None where one has no sign of life at all: the reset trips over it, and nobody is notified. */
  private List<StoredBackup> victims() {
    List<StoredBackup> running = records.all().stream().filter(StoredBackup::running).toList();
    return running.stream().allMatch(row -> row.end != null) ? running : List.of();
  }

  /** Nobody's words are no description: the server puts its own in their place. */
  private StoredBackup.StartParameters described(StoredBackup.StartParameters order) {
    return order.description().isEmpty()
        ? new StoredBackup.StartParameters(
            order.profile(), "Backup taken on " + TAKEN_ON.format(records.now()), order.comment())
        : order;
  }

  /** Throws {@link ApiErrorException} when there is no such state, or the backup fails. */
  ObjectNode step(String backupid, WorkerFault mishap) throws InterruptedException {
    if (backupid.isEmpty()) {
      judge.addViolation("a step without a backupid");
      throw new ApiErrorException(0, NO_BACKUPID);
    }
    SimulatedBackup backup;
    synchronized (records) {
      backup = saved.get(backupid);
      if (backup == null || backup.row == null || !backup.row.backupid.equals(backupid)) {
        judge.strayStep(backupid);
      }
      if (backup == null && !manner.joomla()) {
        // W: no state, so the engine begins anew, without a start
        backup = new SimulatedBackup(settings.plan, lastProfile, SimulatedBackup.START - 1);
        saved.put(backupid, backup);
      }
    }
    if (backup == null) {
      throw new ApiErrorException(500, LOST_STATE);
    }
    return work(backupid, backup, mishap);
  }

  /** Whether a worker is inside, who will go on and leave a damaged archive. */
  private boolean isBeingWritten(StoredBackup victim) {
    SimulatedBackup backup = saved.get(victim.backupid);
    boolean working = backup == null ? victim.inStep : backup.working();
    if (working) {
      victim.hit(manner.joomla());
    }
    return working;
  }

  private void displace(StoredBackup victim) {
    if (isBeingWritten(victim)) {
      if (saved.containsKey(victim.backupid)) {
        judge.addViolation("startBackup while a step was in flight: " + victim.backupid);
      }
    } else {
      saved.values().removeIf(state -> state.row == victim);
      judge.recordEnd(victim.backupid, "was displaced by a later start");
    }
    if (victim.alive) {
      judge.addViolation("startBackup killed somebody else's running backup: " + victim.id);
    }
    victim.displaced();
  }

  private ObjectNode work(String key, SimulatedBackup backup, WorkerFault mishap)
      throws InterruptedException {
    int step = enter(backup);
    Duration time = settings.timeOf(step);
    mishap.inside().run();
    growArchive(backup, step, time);
    if (mishap.killsWorker()) {
      synchronized (records) {
        backup.killWorker(step);
      }
      throw new WorkerKilledException();
    }
    if (mishap.words() != null) {
      synchronized (records) {
        backup.killWorker(step);
      }
      throw new ApiErrorException(500, mishap.words());
    }
    leave(key, backup, step);
    clock.pause(settings.minExecTime.minus(time));
    synchronized (records) {
      if (mishap.killsBeforeSaving()) {
        backup.killWorker(step);
        throw new WorkerKilledException();
      }
      backup.save(step);
      if (backup.plan.last(step)) {
        saved.remove(key);
        judge.recordEnd(key, "has ended");
      }
      return backup.answer(step, settings);
    }
  }

  /** Works; the only file of the archive grows meanwhile (protocol, section 6). */
  private void growArchive(SimulatedBackup backup, int step, Duration time)
      throws InterruptedException {
    int moments = "Packing".equals(backup.plan.domain(step)) && settings.parts == 1 ? MOMENTS : 1;
    for (int i = 1; i <= moments; i++) {
      clock.pause(time.dividedBy(moments));
      synchronized (records) {
        if (moments > 1 && backup.row != null && backup.row.running()) {
          double before = backup.plan.packed(step - 1);
          double now = before + (backup.plan.packed(step) - before) * i / MOMENTS;
          backup.row.grown = (long) (backup.row.planned * now);
        }
      }
    }
  }

  private int enter(SimulatedBackup backup) {
    synchronized (records) {
      int step = backup.enter(judge);
      if (step == SimulatedBackup.START && backup.row == null) {
        StoredBackup.StartParameters nobody =
            new StoredBackup.StartParameters(backup.profile, "", "");
        backup.row = records.add(nobody, "json", "", records.now());
      }
      if (backup.row != null) {
        backup.row.marked(true, records.now());
      }
      return step;
    }
  }

  private void leave(String key, SimulatedBackup backup, int step) {
    synchronized (records) {
      StoredBackup row = backup.row;
      if (row == null) {
        return;
      }
      // the column keeps its last value on an ended record
      row.marked(backup.plan.last(step), records.now());
      row.grew((long) (row.planned * backup.plan.packed(step)));
      if (step == settings.failStep) {
        backup.leave();
        saved.remove(key);
        judge.recordEnd(key, "has failed");
        throw new ApiErrorException(500, "A backup error has occurred: " + settings.failText);
      }
      if (backup.plan.last(step)) {
        row.completed(records.now());
      }
    }
  }
}
