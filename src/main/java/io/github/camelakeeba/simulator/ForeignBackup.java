package io.github.camelakeeba.simulator;

import io.github.camelakeeba.simulator.archive.StoredBackup;
import java.time.Duration;
import java.util.function.Consumer;

/** A backup that another client runs on the site: a test advances, ends or abandons it. */
public final class ForeignBackup {
  private final RecordStore records;
  private final StoredBackup row;

  ForeignBackup(RecordStore records, StoredBackup row) {
    this.records = records;
    this.row = row;
  }

  private ForeignBackup change(Consumer<StoredBackup> change) {
    synchronized (records) {
      change.accept(row);
      return this;
    }
  }

  public long id() {
    return row.id;
  }

  /** Whether a worker is inside a step, or was killed there. */
  public ForeignBackup inStep(boolean inside) {
    return change(backup -> backup.inStep = inside);
  }

  /** Frozen on the site: its record may not be deleted. */
  public ForeignBackup frozen() {
    return change(backup -> backup.frozen = true);
  }

  /** Since its last activity ({@code backupend}), by the server's clock. */
  public ForeignBackup idleFor(Duration age) {
    return change(backup -> backup.end = records.now().minus(age));
  }

  /** Nobody works on it any more: its record stays, and another backup may be started. */
  public ForeignBackup abandoned() {
    return change(backup -> backup.alive = false);
  }

  /** Without {@code backupend} (NULL): later starts fail to reset it, delete nothing (measured). */
  public ForeignBackup leftAtItsStart() {
    return change(backup -> backup.end = null).abandoned();
  }

  public ForeignBackup progress() {
    return change(
        backup -> {
          backup.end = records.now();
          backup.grew(Math.min(backup.planned, backup.grown + Math.max(1, backup.planned / 10)));
        });
  }

  /**
   * It ends. Displaced inside a step, it ends complete with a hole of zeros at its start; displaced
   * between steps, it stays failed (measured).
   */
  public ForeignBackup finish() {
    return change(
        backup -> {
          if (backup.running() || backup.wasHit()) {
            backup.completed(records.now());
          }
        });
  }

  /** Whether its files are on the site: somebody has removed them, or put them back. */
  public ForeignBackup files(boolean there) {
    return change(backup -> backup.filesDeleted = !there);
  }

  /** Whether a later start marked it failed. */
  public boolean displaced() {
    synchronized (records) {
      return row.wasHit() || "fail".equals(row.status);
    }
  }
}
