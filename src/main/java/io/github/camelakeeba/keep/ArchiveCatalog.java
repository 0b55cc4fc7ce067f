package io.github.camelakeeba.keep;

import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.census.CensusStore;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.support.SqlArrayValue;

/** The downloaded archives, in the database: nothing else is ever deleted. */
public final class ArchiveCatalog {
  /** A condition on the archive {@code a} follows; for {@link #read}. */
  public static final String SELECT =
      """
      select a.*, c.file_count, c.byte_count, c.table_count, c.row_count from archive a
      left join archive_census c on c.site = a.site and c.backupid = a.backupid where\s""";

  private final Database database;
  private final CensusStore censuses;

  ArchiveCatalog(Database database) {
    this.database = database;
    this.censuses = new CensusStore(database);
  }

  Optional<StoredArchive> findUndamaged(String site, String backupid) {
    return select("a.site = ? and a.backupid = ? and a.damaged_at is null", site, backupid).stream()
        .findFirst();
  }

  /** Damaged or not, for a caller who does not wait for a store that is away. */
  Optional<StoredArchive> findNow(String site, String backupid) {
    return database
        .sql(SELECT + "a.site = ? and a.backupid = ?")
        .params(site, backupid)
        .query(ArchiveCatalog::read)
        .optional();
  }

  List<StoredArchive> ofSite(String site) {
    return select("a.site = ?", site);
  }

  List<StoredArchive> findAt(String site, int profile, String location) {
    return select("a.site = ? and a.profile = ? and a.place = ?", site, profile, location);
  }

  /**
   * With the run that downloaded it.
   *
   * @param verifiedAt when it was last read to its end
   * @param damage what is wrong with it since; null: nothing is known to be
   */
  record Entry(
      StoredArchive archive, String run, Instant downloadedAt, Instant verifiedAt, String damage) {}

  /** Of these sites the newest first, at most so many; not repeated while the store is away. */
  List<Entry> newest(List<String> sites, int limit) {
    return database
        .sql(SELECT + "a.site = any(?) order by a.kept_at desc, a.site, a.backupid limit ?")
        .params(new SqlArrayValue("varchar", sites.toArray()), limit)
        .query((row, number) -> entry(row, number))
        .list();
  }

  private static Entry entry(ResultSet row, int number) throws SQLException {
    Instant downloadedAt = SqlTime.instant(row, "kept_at");
    Instant verifiedAt = SqlTime.instant(row, "verified_at");
    return new Entry(
        read(row, number),
        row.getString("run"),
        downloadedAt,
        verifiedAt == null ? downloadedAt : verifiedAt,
        row.getString("damage"));
  }

  private List<StoredArchive> select(String condition, Object... values) {
    String sql = SELECT + condition;
    return database.retry(
        () -> database.sql(sql).params(values).query(ArchiveCatalog::read).list());
  }

  /** Replaces that of the same backup; with what it holds, or null. */
  void add(StoredArchive archive, Census census, String run, Instant now) {
    database.retryInTransaction(
        () -> {
          delete(archive);
          if (census != null) {
            censuses.put(
                archive.site(), archive.backupid(), archive.profile(), archive.startedAt(), census);
          }
          return database
              .jdbc()
              .update(
                  "insert into archive (site, backupid, record_id, profile, run, begun_at, kept_at,"
                      + " place, local, files, size, readable, checksums)"
                      + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  archive.site(),
                  archive.backupid(),
                  archive.recordId(),
                  archive.profile(),
                  run,
                  SqlTime.of(archive.startedAt()),
                  SqlTime.of(now),
                  archive.location(),
                  archive.local(),
                  String.join("\n", archive.files()),
                  archive.size(),
                  archive.verified(),
                  archive.checksums().isEmpty() ? null : String.join("\n", archive.checksums()));
        });
  }

  /** With what it holds, unless the next archive is to be compared with that. */
  void remove(StoredArchive archive) {
    delete(archive);
    censuses.remove(archive.site(), archive.backupid());
  }

  private void delete(StoredArchive archive) {
    database
        .jdbc()
        .update(
            "delete from archive where site = ? and backupid = ?",
            archive.site(),
            archive.backupid());
  }

  private static Event.Content content(ResultSet row) throws SQLException {
    long files = row.getLong("file_count");
    return row.wasNull()
        ? null
        : new Event.Content(
            files, row.getLong("byte_count"), row.getInt("table_count"), row.getLong("row_count"));
  }

  /**
   * Before those are deleted, of one site, profile and location: what of them is missing from now
   * on is no damage. Others that a retention before has marked are kept again.
   */
  void markExpired(String site, int profile, String location, List<String> backupids, Instant now) {
    SqlArrayValue expired = new SqlArrayValue("varchar", backupids.toArray());
    database.retryInTransaction(
        () -> {
          database
              .jdbc()
              .update(
                  "update archive set expired_at = null where site = ? and profile = ? and place = ?"
                      + " and expired_at is not null and not backupid = any(?)",
                  site,
                  profile,
                  location,
                  expired);
          database
              .jdbc()
              .update(
                  "update archive set expired_at = ? where site = ? and profile = ? and place = ?"
                      + " and backupid = any(?)",
                  SqlTime.of(now),
                  site,
                  profile,
                  location,
                  expired);
        });
  }

  /** A row of the table; one that is known to be damaged was read to its end in vain. */
  public static StoredArchive read(ResultSet row, int number) throws SQLException {
    String checksums = row.getString("checksums");
    return new StoredArchive(
        row.getString("site"),
        row.getString("backupid"),
        row.getLong("record_id"),
        row.getInt("profile"),
        SqlTime.instant(row, "begun_at"),
        row.getString("place"),
        row.getBoolean("local"),
        List.of(row.getString("files").split("\n")),
        row.getLong("size"),
        row.getBoolean("readable") && row.getObject("damaged_at") == null,
        content(row),
        checksums == null ? List.of() : List.of(checksums.split("\n")));
  }
}
