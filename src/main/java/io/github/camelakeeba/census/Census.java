package io.github.camelakeeba.census;

import io.github.camelakeeba.archive.dump.DumpTable;
import io.github.camelakeeba.event.Event;
import java.util.List;

/**
 * What an archive holds.
 *
 * @param files of the site, without those that Akeeba adds to restore it; no folders and links
 * @param bytes of these files, unpacked
 * @param complete whether each file of the dump ends behind a statement
 * @param tables of the dump, in its order; no views; empty: there is no dump
 */
public record Census(long files, long bytes, boolean complete, List<DumpTable> tables) {
  public long rows() {
    return tables.stream().mapToLong(DumpTable::rows).sum();
  }

  /** The same in four numbers. */
  public Event.Content content() {
    return new Event.Content(files, bytes, tables.size(), rows());
  }
}
