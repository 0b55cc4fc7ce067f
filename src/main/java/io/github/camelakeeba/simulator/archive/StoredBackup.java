package io.github.camelakeeba.simulator.archive;

import io.github.camelakeeba.simulator.http.ArchiveBytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A row of the site's backup table. Guarded by its {@code RecordStore}. */
public final class StoredBackup {
  /** Below these bytes an archive has no room for its entries. */
  public static final int MIN_SIZE = 8192;

  public final long id;
  public final String backupid;
  public final String archive;
  public final String description;
  public final String comment;
  public final String origin;
  public final int profile;
  public final Instant start;

  /** What the judge holds against the archive; empty: it is good. */
  public final List<String> damage = new ArrayList<>();

  public String status = "run";
  public Instant end;
  public boolean inStep;

  /** A later start marked it failed, whatever has become of it since. */
  public boolean wasDisplaced;

  public boolean filesExist = true;

  /** Another client works on it: a start now does harm. */
  public boolean alive;

  public boolean filesDeleted;
  public boolean frozen;
  public int parts = 1;
  public long totalSize;
  public String tablePrefix = "";

  /** Bytes that the whole archive will have. */
  public long planned;

  /** Bytes that are on the disk by now. */
  public long grown;

  private final List<Hit> hits = new ArrayList<>();
  private ArchiveLayout layout;
  private ArchiveBytes bytes;

  /**
   * A start deleted the files while a worker was inside.
   *
   * @param from bytes of the archive that were on the disk then
   * @param to where the archive was written on under its name; negative: not known yet
   */
  private record Hit(long from, long to) {}

  /**
   * A file on the site's disk.
   *
   * @param part as the API counts it: 1 is the last one
   * @param from its first byte in the whole archive
   * @param size in bytes
   */
  public record Volume(int part, long from, long size) {}

  public StoredBackup(
      long id,
      String backupid,
      String archive,
      StartParameters order,
      String origin,
      Instant start) {
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
  public record StartParameters(int profile, String description, String comment) {}

  /**
   * A worker goes in or out, which writes the whole row: one that a start marked failed meanwhile
   * is running again (protocol, section 6).
   */
  public void marked(boolean inside, Instant when) {
    if (!complete()) {
      status = "run";
      filesDeleted = false;
    }
    inStep = inside;
    end = when;
  }

  public boolean running() {
    return "run".equals(status);
  }

  public boolean complete() {
    return "complete".equals(status);
  }

  /** The end of the archive's name. */
  public String kind() {
    return archive.substring(archive.lastIndexOf('.') + 1);
  }

  public void completed(Instant when) {
    grew(grown);
    grown = planned;
    status = "complete";
    alive = false;
    filesDeleted = false;
    layout = null;
    bytes = null;
    totalSize = volumes().stream().mapToLong(Volume::size).sum();
    end = when;
  }

  /** A later start marks it failed and deletes its files. */
  public void displaced() {
    status = "fail";
    wasDisplaced = true;
    alive = false;
    filesDeleted = true;
    totalSize = grown;
  }

  /**
   * A start deletes the files while a worker is inside.
   *
   * @param open whether the worker writes on to the deleted file, which it has open, until its step
   *     ends (J), or to a new one of the same name at once (W)
   */
  public void hit(boolean open) {
    hits.add(new Hit(grown, open ? -1 : atLeastOneEntry(grown)));
    damaged("a start during its step left a hole of zeros at the archive's start");
  }

  public boolean wasHit() {
    return !hits.isEmpty();
  }

  /** So many bytes are on the disk at the end of a step. */
  public void grew(long to) {
    grown = to;
    hits.replaceAll(hit -> hit.to() < 0 ? new Hit(hit.from(), atLeastOneEntry(to)) : hit);
  }

  /** The first file is in the archive before anything can be deleted. */
  private long atLeastOneEntry(long at) {
    return Math.min(planned, Math.max(at, 256));
  }

  public void damaged(String how) {
    if (!damage.contains(how)) {
      damage.add(how);
      layout = null;
      bytes = null;
    }
  }

  /** The archive, all volumes one after the other; made when first asked for. */
  public ArchiveBytes bytes() {
    if (bytes == null) {
      bytes = spoilt(layout().bytes());
    }
    return bytes;
  }

  private ArchiveBytes spoilt(ArchiveBytes whole) {
    ArchiveBytes archive = whole;
    if (damage.stream().anyMatch(text -> text.startsWith("two steps"))) {
      archive = archive.withHole(layout().lastEntry(), layout().lastEntry() + 3);
    }
    for (Hit hit : hits) {
      if (hit.to() > 0) {
        archive = layout().withHole(archive, layout().header(), resumed(hit));
      }
    }
    return archive;
  }

  /** What is written when all is packed comes behind the hole in any case. */
  private long resumed(Hit hit) {
    return Math.min(hit.to(), layout().tail());
  }

  private ArchiveLayout layout() {
    if (layout == null) {
      layout = ArchiveLayout.of(this);
    }
    return layout;
  }

  /** What the column {@code multipart} says: "0" for one file, else how many. */
  public String multipart() {
    return parts == 1 ? "0" : String.valueOf(complete() ? parts : volumes().size());
  }

  /** The files on the disk in the order of the archive's bytes. */
  public List<Volume> volumes() {
    List<Volume> volumes = new ArrayList<>();
    if (filesDeleted || grown == 0) {
      return volumes;
    }
    if (parts == 1 && hits.isEmpty()) {
      return List.of(new Volume(1, 0, grown));
    }
    long behind = 0;
    for (int i = 0; i < layout().cuts().size(); i++) {
      long from = Math.max(behind, layout().cuts().get(i));
      long to = left(i, from, layout().end(i, planned));
      if (Math.min(to, grown) > from) {
        int part = i == layout().cuts().size() - 1 ? 1 : i + 2;
        volumes.add(new Volume(part, from, Math.min(to, grown) - from));
      }
      behind = kind().equals("zip") ? Math.max(to, behind) : 0;
    }
    return volumes;
  }

  /**
   * Where a volume ends after all hits. Those that a start deleted are gone, but for the header
   * that is written anew at the end; the volume that a ZIP was in then is not closed at its size.
   */
  private long left(int number, long from, long end) {
    long left = end;
    for (Hit hit : hits) {
      boolean before = end <= hit.from();
      boolean within = !before && from <= hit.from() && end <= resumed(hit);
      if (within && kind().equals("zip")) {
        left = resumed(hit);
      } else if (before || within) {
        boolean headed = number == 0 && complete() && hit.from() < planned;
        left = from + (headed ? layout().header() : 0);
      }
    }
    return left;
  }
}
