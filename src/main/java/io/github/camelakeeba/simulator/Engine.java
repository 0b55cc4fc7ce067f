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

/** The backup engine, as measured: destructive starts, steps without a lock. */
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
  private static final int GROWTHS_PER_STEP = 4;
  private static final DateTimeFormatter TAKEN_ON =
      DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy HH:mm", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final SimulatorSettings settings;
  private final RecordStore records;
  private final ProtocolChecker checker;
  private final HttpListener clock;
  private final Map<String, SimulatedBackup> saved = new HashMap<>();
  private int lastProfile = 1;

  Engine(RecordStore records, ProtocolChecker checker, HttpListener clock) {
    this.settings = records.settings;
    this.records = records;
    this.checker = checker;
    this.clock = clock;
  }

  /** Displaces running backups. A JPA after a ZIP: {@link ApiErrorException}, once (measured). */
  ObjectNode start(StoredBackup.StartParameters parameters, Fault fault)
      throws InterruptedException {
    SimulatedBackup backup;
    synchronized (records) {
      List<StoredBackup> displaced = displaceable();
      displaced.forEach(this::displace);
      if (settings.kind.equals("jpa")
          && displaced.stream().anyMatch(row -> row.archive.endsWith(".zip"))) {
        throw new ApiErrorException(500, NO_JPA);
      }
      lastProfile = parameters.profile();
      backup = new SimulatedBackup(settings.plan, parameters.profile(), SimulatedBackup.START);
      backup.row = records.add(described(parameters), "json");
      saved.put(backup.row.backupid, backup);
    }
    return work(backup.row.backupid, backup, fault);
  }

  /** The same by another client: it is no violation by ours. */
  StoredBackup foreignStart(StoredBackup.StartParameters parameters, String origin) {
    synchronized (records) {
      for (StoredBackup other : displaceable()) {
        if (!isBeingWritten(other)) {
          saved.values().removeIf(state -> state.row == other);
          checker.displacedByOthers(other.backupid);
        }
        other.displaced();
      }
      lastProfile = parameters.profile();
      return records.add(parameters, origin);
    }
  }

  /** None where one has no {@code backupend}: the reset fails silently. */
  private List<StoredBackup> displaceable() {
    List<StoredBackup> running = records.all().stream().filter(StoredBackup::running).toList();
    return running.stream().allMatch(row -> row.end != null) ? running : List.of();
  }

  /** An empty description is replaced by the server's own. */
  private StoredBackup.StartParameters described(StoredBackup.StartParameters parameters) {
    return parameters.description().isEmpty()
        ? new StoredBackup.StartParameters(
            parameters.profile(),
            "Backup taken on " + TAKEN_ON.format(records.now()),
            parameters.comment())
        : parameters;
  }

  /** Throws {@link ApiErrorException} when there is no such state, or the backup fails. */
  ObjectNode step(String backupid, Fault fault) throws InterruptedException {
    if (backupid.isEmpty()) {
      checker.addViolation("a step without a backupid");
      throw new ApiErrorException(0, NO_BACKUPID);
    }
    SimulatedBackup backup;
    synchronized (records) {
      backup = saved.get(backupid);
      if (backup == null || backup.row == null || !backup.row.backupid.equals(backupid)) {
        checker.strayStep(backupid);
      }
      if (backup == null && !settings.product.joomla()) {
        // WordPress and Solo: without a state the engine begins anew, without a start
        backup = new SimulatedBackup(settings.plan, lastProfile, SimulatedBackup.START - 1);
        saved.put(backupid, backup);
      }
    }
    if (backup == null) {
      throw new ApiErrorException(500, LOST_STATE);
    }
    return work(backupid, backup, fault);
  }

  /** Whether a worker is inside, which will continue and leave a damaged archive. */
  private boolean isBeingWritten(StoredBackup other) {
    SimulatedBackup backup = saved.get(other.backupid);
    boolean working = backup == null ? other.inStep : backup.working();
    if (working) {
      other.hit(settings.product.joomla());
    }
    return working;
  }

  private void displace(StoredBackup other) {
    if (!isBeingWritten(other)) {
      saved.values().removeIf(state -> state.row == other);
      checker.recordEnd(other.backupid, "was displaced by a later start");
    } else if (saved.containsKey(other.backupid)) {
      checker.addViolation("startBackup while a step was in flight: " + other.backupid);
    }
    if (other.alive) {
      checker.addViolation("startBackup killed somebody else's running backup: " + other.id);
    }
    other.displaced();
  }

  private ObjectNode work(String key, SimulatedBackup backup, Fault fault)
      throws InterruptedException {
    int step = enter(backup);
    Duration time = settings.stepTimes.getOrDefault(step, settings.stepTime);
    fault.inside.run();
    growArchive(backup, step, time);
    if (fault.killsWorker || fault.phpError != null) {
      synchronized (records) {
        backup.killWorker(step);
      }
      throw fault.killsWorker
          ? new WorkerKilledException()
          : new ApiErrorException(500, fault.phpError);
    }
    leave(key, backup, step);
    clock.pause(settings.minExecTime.minus(time));
    synchronized (records) {
      if (fault.killsBeforeSaving) {
        backup.killWorker(step);
        throw new WorkerKilledException();
      }
      backup.save(step);
      if (backup.plan.last(step)) {
        saved.remove(key);
        checker.recordEnd(key, "has ended");
      }
      return backup.answer(step, settings);
    }
  }

  /** Works; an archive of one file grows meanwhile (measured). */
  private void growArchive(SimulatedBackup backup, int step, Duration time)
      throws InterruptedException {
    boolean packing = "Packing".equals(backup.plan.domain(step)) && settings.parts == 1;
    int growths = packing ? GROWTHS_PER_STEP : 1;
    for (int i = 1; i <= growths; i++) {
      clock.pause(time.dividedBy(growths));
      synchronized (records) {
        if (packing && backup.row != null && backup.row.running()) {
          double before = backup.plan.packed(step - 1);
          double now = before + (backup.plan.packed(step) - before) * i / growths;
          backup.row.grown = (long) (backup.row.planned * now);
        }
      }
    }
  }

  private int enter(SimulatedBackup backup) {
    synchronized (records) {
      int step = backup.enter(checker);
      if (step == SimulatedBackup.START && backup.row == null) {
        var parameters = new StoredBackup.StartParameters(backup.profile, "", "");
        backup.row = records.add(parameters, "json", "", records.now());
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
        checker.recordEnd(key, "has failed");
        throw new ApiErrorException(500, "A backup error has occurred: " + settings.failText);
      }
      if (backup.plan.last(step)) {
        row.completed(records.now());
      }
    }
  }

  /** The PHP worker died inside a step: there is no answer. */
  static final class WorkerKilledException extends RuntimeException {
    WorkerKilledException() {
      super("the worker was killed", null, false, false);
    }
  }
}
