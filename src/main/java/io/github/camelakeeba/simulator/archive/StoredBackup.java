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
  public final List<String> damage = new ArrayList<>(); // of the archive; empty: it is good
  public String status = "run";
  public Instant end;
  public boolean inStep;
  public boolean wasDisplaced; // a later start marked it failed, whatever its status is since
  public boolean filesExist = true;
  public boolean alive; // another client continues it: a start now does harm
  public boolean filesDeleted;
  public boolean frozen;
  public int parts = 1;
  public long totalSize;
  public String tablePrefix = "";
  public long planned; // bytes of the whole archive
  public long grown; // bytes on the disk by now
  private final List<Hit> hits = new ArrayList<>();
  private ArchiveLayout layout;
  private ArchiveBytes bytes;

  /** Files deleted at {@code from} bytes, continued at {@code to}; negative: not known yet. */
  private record Hit(long from, long to) {}

  /** A file on the site's disk; part 1 is the last one, {@code from} is in the whole archive. */
  public record Volume(int part, long from, long size) {}

  public StoredBackup(
      long id,
      String backupid,
      String archive,
      StartParameters parameters,
      String origin,
      Instant start) {
    this.id = id;
    this.backupid = backupid;
    this.archive = archive;
    this.description = parameters.description();
    this.comment = parameters.comment();
    this.origin = origin;
    this.profile = parameters.profile();
    this.start = start;
    this.end = start;
  }

  public record StartParameters(int profile, String description, String comment) {}

  /**
   * A step begins or ends, and writes the whole row: a backup that a start marked failed meanwhile
   * runs again (measured on Akeeba Backup 9 and 10).
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

  public void displaced() {
    status = "fail";
    wasDisplaced = true;
    alive = false;
    filesDeleted = true;
    totalSize = grown;
  }

  /**
   * A start deletes the files during a step.
   *
   * @param open whether the step writes on to the deleted file, which it has open, until it ends
   *     (Joomla), or to a new one of the same name at once (WordPress)
   */
  public void hit(boolean open) {
    hits.add(new Hit(grown, open ? -1 : atLeastOneEntry(grown)));
    damaged("a start during its step left a hole of zeros at the archive's start");
  }

  public boolean wasHit() {
    return !hits.isEmpty();
  }

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

  public ArchiveBytes bytes() {
    if (bytes == null) {
      bytes = layout().bytes();
      if (damage.stream().anyMatch(text -> text.startsWith("two steps"))) {
        bytes = bytes.withHole(layout().lastEntry(), layout().lastEntry() + 3);
      }
      for (Hit hit : hits) {
        if (hit.to() > 0) {
          bytes = layout().withHole(bytes, layout().header(), resumed(hit));
        }
      }
    }
    return bytes;
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

  /** The column {@code multipart}: "0" for one file, else how many. */
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
    int count = layout().cuts().size();
    for (int i = 0; i < count; i++) {
      long from = Math.max(behind, layout().cuts().get(i));
      long to = endAfterHits(i, from);
      if (Math.min(to, grown) > from) {
        volumes.add(new Volume(i == count - 1 ? 1 : i + 2, from, Math.min(to, grown) - from));
      }
      behind = kind().equals("zip") ? Math.max(to, behind) : 0;
    }
    return volumes;
  }

  /**
   * Of a volume that a start deleted only the header is there, which is written anew at the end;
   * the volume that a ZIP was in then is not closed at its size.
   */
  private long endAfterHits(int volume, long from) {
    long end = layout().end(volume, planned);
    long left = end;
    for (Hit hit : hits) {
      boolean before = end <= hit.from();
      boolean within = !before && from <= hit.from() && end <= resumed(hit);
      if (within && kind().equals("zip")) {
        left = resumed(hit);
      } else if (before || within) {
        boolean headed = volume == 0 && complete() && hit.from() < planned;
        left = from + (headed ? layout().header() : 0);
      }
    }
    return left;
  }
}
