package io.github.camelakeeba.census;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** What each downloaded archive holds, in the database. */
public final class CensusStore {
  private static final String SELECT =
      "select backupid, begun_at, file_count, byte_count, tables from archive_census ";

  private final Database database;

  public CensusStore(Database database) {
    this.database = database;
  }

  /** Of a backup that began then. */
  public record StoredCensus(String backupid, Instant begunAt, Census census) {}

  /** Empty: it was not counted. */
  public Optional<StoredCensus> find(String site, String backupid) {
    return select("where site = ? and backupid = ?", site, backupid);
  }

  /** The same for a caller who does not wait for a store that is away. */
  public Optional<StoredCensus> findNow(String site, String backupid) {
    return database
        .sql(SELECT + "where site = ? and backupid = ?")
        .params(site, backupid)
        .query(CensusStore::read)
        .optional();
  }

  /**
   * Of the site's last backup with this profile, another than this one, whose archive was whole.
   */
  public Optional<StoredCensus> last(String site, int profile, String notThis) {
    return select(
        "where site = ? and profile = ? and backupid <> ? order by begun_at desc, backupid desc limit 1",
        site,
        profile,
        notThis);
  }

  private Optional<StoredCensus> select(String which, Object... values) {
    return database.retry(
        () -> database.sql(SELECT + which).params(values).query(CensusStore::read).optional());
  }

  /** Tables that can't be read, as those of a later version, are none. */
  private static StoredCensus read(ResultSet row, int number) throws SQLException {
    return new StoredCensus(
        row.getString("backupid"),
        SqlTime.instant(row, "begun_at"),
        new Census(
            row.getLong("file_count"),
            row.getLong("byte_count"),
            true,
            PackedTables.read(row.getBytes("tables"))));
  }

  /**
   * Replaces that of the same backup, and forgets those of the same profile whose archives are
   * gone; joins the transaction.
   */
  public void put(String site, String backupid, int profile, Instant begunAt, Census census) {
    database
        .jdbc()
        .update(
            """
            delete from archive_census where site = ? and (backupid = ? or profile = ? and backupid not in (
              select backupid from archive where archive.site = archive_census.site))
            """,
            site,
            backupid,
            profile);
    database
        .jdbc()
        .update(
            """
            insert into archive_census (site, backupid, profile, begun_at, file_count, byte_count,
              table_count, row_count, tables)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            site,
            backupid,
            profile,
            SqlTime.of(begunAt),
            census.files(),
            census.bytes(),
            census.tables().size(),
            census.rows(),
            PackedTables.of(census.tables()));
  }

  /** Forgets that of an archive which is deleted; the last one of a site and profile stays. */
  public void remove(String site, String backupid) {
    database
        .jdbc()
        .update(
            """
            delete from archive_census where site = ? and backupid = ? and exists (
              select 1 from archive_census later where later.site = archive_census.site
                and later.profile = archive_census.profile and later.begun_at > archive_census.begun_at)
            """,
            site,
            backupid);
  }
}
