package io.github.camelakeeba.keep;

import io.github.camelakeeba.akeeba.SiteQuery;
import io.github.camelakeeba.config.Site;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which archive of a site is looked for.
 *
 * @param id the number of its record, its backupid, or {@link #LATEST}
 * @param stored where it is said to be, or null: what the catalog says
 */
public record ArchiveQuery(Site site, String id, StoredArchive stored) {
  /** The newest one that is here, else the newest good one on the site. */
  public static final String LATEST = "latest";

  private static final String NUMBER = "[1-9]\\d{0,17}";
  private static final int PAGE_SIZE = 200; // records of a site that are searched

  public static ArchiveQuery of(Site site, String id) {
    return new ArchiveQuery(site, id, null);
  }

  /** Whether a text can be an id. */
  public static boolean isId(String text) {
    return text.equals(LATEST) || text.matches(NUMBER) || text.matches("[A-Za-z0-9._-]{1,200}");
  }

  public boolean latest() {
    return id.equals(LATEST);
  }

  /** Whether the site's own number of the backup is known. */
  public boolean numbered() {
    return id.matches(NUMBER);
  }

  /** The site's number of the backup; 0: not known. */
  long recordId() {
    return numbered() ? Long.parseLong(id) : 0;
  }

  /** For the records among which the backup must be. */
  public SiteQuery records() {
    return SiteQuery.page(site.name(), 0, PAGE_SIZE);
  }

  /** For the files of the backup. */
  public SiteQuery files() {
    return SiteQuery.ofRecord(site.name(), recordId());
  }

  ArchiveQuery ofRecord(long record) {
    return new ArchiveQuery(site, String.valueOf(record), stored);
  }

  /** Of archives of the site the one that is meant. */
  public Optional<StoredArchive> newest(List<StoredArchive> archives) {
    return archives.stream()
        .filter(
            archive ->
                latest()
                    || archive.backupid().equals(id)
                    || numbered() && archive.recordId() == recordId())
        .max(Comparator.comparing(StoredArchive::startedAt).thenComparing(StoredArchive::recordId));
  }
}
