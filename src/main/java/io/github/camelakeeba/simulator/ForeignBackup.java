package io.github.camelakeeba.simulator;

import io.github.camelakeeba.simulator.archive.StoredBackup;
import java.time.Duration;

/** A backup that another client runs on the site: a test moves it, ends it or lets it lie. */
public final class ForeignBackup {
  private final RecordStore records;
  private final StoredBackup row;

  ForeignBackup(RecordStore records, StoredBackup row) {
    this.records = records;
    this.row = row;
  }

  /** The number of its record. */
  public long id() {
    return row.id;
  }

  /** Whether a worker is inside a step, or was killed there. */
  public ForeignBackup inStep(boolean inside) {
    synchronized (records) {
      row.inStep = inside;
      return this;
    }
  }

  /** Frozen on the site: its record may not be deleted. */
  public ForeignBackup frozen() {
    synchronized (records) {
      row.frozen = true;
      return this;
    }
  }

  /** The last sign of life ({@code backupend}) is so old by the server's clock. */
  public ForeignBackup idleFor(Duration age) {
    synchronized (records) {
      row.end = records.now().minus(age);
      return this;
    }
  }

  /** Nobody works on it any more: its record stays, to start another backup is right. */
  public ForeignBackup abandoned() {
    synchronized (records) {
      row.alive = false;
      return this;
    }
  }

  /**
   * It was left right after its start: {@code backupend} is NULL, and later starts trip over it and
   * delete nothing (protocol, section 6).
   */
  public ForeignBackup leftAtItsStart() {
    synchronized (records) {
      row.end = null;
      return abandoned();
    }
  }

  /** It does a step: {@code backupend} is now, the archive grows. */
  public ForeignBackup progress() {
    synchronized (records) {
      row.end = records.now();
      row.grew(Math.min(row.planned, row.grown + Math.max(1, row.planned / 10)));
      return this;
    }
  }

  /**
   * It ends. Displaced inside a step, it ends complete with a hole of zeros at its start; displaced
   * between steps, it stays failed (protocol 1.5).
   */
  public ForeignBackup finish() {
    synchronized (records) {
      if (row.running() || row.wasHit()) {
        row.completed(records.now());
      }
      return this;
    }
  }

  /** Whether somebody's startBackup marked it failed. */
  public boolean displaced() {
    synchronized (records) {
      return row.wasHit() || "fail".equals(row.status);
    }
  }
}
