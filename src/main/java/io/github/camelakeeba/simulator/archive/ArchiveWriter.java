package io.github.camelakeeba.simulator.archive;

import io.github.camelakeeba.simulator.http.ArchiveBytes;
import java.util.ArrayList;
import java.util.List;

/** Writes an archive of an exact size: small files, and a large one that fills it up. */
abstract class ArchiveWriter {
  final StoredBackup row;
  final ArchiveBytes.Builder out;

  /** What may not be cut at a volume's end: pairs of begin and end, in their order. */
  private final List<long[]> whole = new ArrayList<>();

  ArchiveWriter(StoredBackup row) {
    this.row = row;
    this.out = new ArchiveBytes.Builder(row.id);
  }

  abstract ArchiveLayout write();

  final void writeWhole(LittleEndianOutput structure) {
    keepWhole(structure.size());
    out.bytes(structure.toByteArray());
  }

  /** The next bytes may not be cut. */
  final void keepWhole(long length) {
    whole.add(new long[] {out.size(), out.size() + length});
  }

  final ArchiveLayout layout(
      int header, long lastEntry, long tail, List<ArchiveLayout.Listed> directory) {
    List<Long> cuts = ArchiveLayout.cuts(whole, row.planned, row.parts);
    return new ArchiveLayout(out.build(), cuts, header, lastEntry, tail, directory);
  }
}
