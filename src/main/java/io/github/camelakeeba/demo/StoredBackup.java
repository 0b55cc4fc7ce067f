package io.github.camelakeeba.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A row of the site's backup table. Guarded by its {@link RecordStore}. */
final class StoredBackup {
  final long id;
  final String backupid;
  final String archive;
  final String description;
  final String comment;
  final String origin;
  final int profile;
  final Instant start;

  /** What the judge holds against the archive; empty: it is good. */
  final List<String> damage = new ArrayList<>();

  String status = "run";
  Instant end;
  boolean inStep;
  boolean hole;

  /** A later start marked it failed, whatever has become of it since. */
  boolean wasDisplaced;

  boolean filesExist = true;

  /** Somebody else works on it: who starts now does harm. */
  boolean alive;

  boolean filesDeleted;
  boolean frozen;
  int parts = 1;
  long totalSize;

  /** Bytes that the whole archive will have. */
  long planned;

  /** Bytes that are on the disk by now. */
  long grown;

  private ArchiveBytes bytes;

  StoredBackup(
      long id, String backupid, String archive, Order order, String origin, Instant start) {
    this.id = id;
    this.backupid = backupid;
    this.archive = archive;
    this.description = order.description();
    this.comment = order.comment();
    this.origin = origin;
    this.profile = order.profile();
    this.start = start;
    this.end = start;
  }

  /** What the client asked for. */
  record Order(int profile, String description, String comment) {}

  /**
   * A worker goes in or out, which writes the whole row: one that a start marked failed meanwhile
   * is running again (protocol, section 6).
   */
  void marked(boolean inside, Instant when) {
    if (!complete()) {
      status = "run";
      filesDeleted = false;
    }
    inStep = inside;
    end = when;
  }

  boolean running() {
    return "run".equals(status);
  }

  boolean complete() {
    return "complete".equals(status);
  }

  void completed(Instant when) {
    status = "complete";
    alive = false;
    filesDeleted = false;
    grown = planned;
    totalSize = planned;
    end = when;
  }

  /** A later start marks it failed and deletes its files. */
  void displaced() {
    status = "fail";
    wasDisplaced = true;
    alive = false;
    filesDeleted = true;
    totalSize = grown;
  }

  void damaged(String how) {
    if (!damage.contains(how)) {
      damage.add(how);
    }
  }

  /** The archive, all volumes one after the other; made when first asked for. */
  ArchiveBytes bytes() {
    if (bytes == null || !complete()) {
      bytes = SyntheticArchive.of(this);
    }
    return bytes;
  }

  /** What the column {@code multipart} says: "0" for one file, else how many. */
  String multipart() {
    return parts == 1 ? "0" : String.valueOf(complete() ? parts : volumes().size());
  }

  /** The sizes of the files on the disk, the last file of the archive last. */
  List<Long> volumes() {
    List<Long> sizes = new ArrayList<>();
    if (!filesDeleted && grown > 0) {
      long left = grown;
      long volume = Math.max(1, (planned + parts - 1) / parts);
      for (int i = 0; i < parts && left > 0; i++) {
        sizes.add(Math.min(volume, left));
        left -= volume;
      }
    }
    return sizes;
  }
}
