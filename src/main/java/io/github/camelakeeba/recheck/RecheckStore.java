package io.github.camelakeeba.recheck;

import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.census.CensusStore;
import io.github.camelakeeba.keep.ArchiveCatalog;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.NodeTable;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * What is known of downloaded archives since their download. A node reads an archive while the row
 * names it as the owner; what it writes then counts only as long as that is so, and the archive is
 * not about to be deleted.
 */
public final class RecheckStore {
  /** A time further ahead was written by a clock that was set since. */
  private static final Duration CLOCK_MARGIN = Duration.ofDays(2);

  private static final int MAX_TEXT_LENGTH = 2_000;

  private static final String DUE =
      """
      a.expired_at is null
        and (a.recheck_at <= ? or a.recheck_at > ? or coalesce(a.verified_at, a.kept_at) > ?
          or a.recheck_at is null and coalesce(a.verified_at, a.kept_at) <= ?)
        and (a.owner is null or a.owner = ? or not\s"""
          + NodeTable.ownerAlive("a")
          + ")";

  private static final String OWNED =
      " where site = ? and backupid = ? and owner = ? and expired_at is null";

  private final Database database;
  private final JdbcTemplate jdbc;
  private final String node;

  /** The node is this one's id, new at each start of a process. */
  public RecheckStore(Database database, String node) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.node = node;
  }

  /**
   * Of these sites those that were last read by then, or are to be read again for another reason,
   * and that no living node reads now; the oldest first.
   */
  List<CheckedArchive> due(Collection<String> sites, Instant readBy, Instant now, int limit) {
    return jdbc.query(
        ArchiveCatalog.SELECT
            + "a.site = any(?) and "
            + DUE
            + " order by coalesce(a.verified_at, a.kept_at), a.site, a.backupid limit "
            + limit,
        RecheckStore::read,
        new SqlArrayValue("varchar", sites.toArray()),
        SqlTime.of(now),
        SqlTime.of(now.plus(CLOCK_MARGIN)),
        SqlTime.of(now.plus(CLOCK_MARGIN)),
        SqlTime.of(readBy),
        node);
  }

  /** What was counted in it when it was downloaded; empty: that is not known. */
  Optional<Census> counted(StoredArchive archive) {
    return new CensusStore(database)
        .find(archive.site(), archive.backupid())
        .map(CensusStore.StoredCensus::census);
  }

  /** Whether it is this node's from now on: another one may have read it meanwhile. */
  boolean claim(CheckedArchive one, Instant now) {
    return jdbc.update(
            "update archive a set owner = ? where a.site = ? and a.backupid = ?"
                + " and a.kept_at = ? and coalesce(a.verified_at, a.kept_at) = ? and "
                + DUE,
            node,
            one.archive().site(),
            one.archive().backupid(),
            SqlTime.of(one.downloadedAt()),
            SqlTime.of(one.verifiedAt()),
            SqlTime.of(now),
            SqlTime.of(now.plus(CLOCK_MARGIN)),
            SqlTime.of(now.plus(CLOCK_MARGIN)),
            SqlTime.of(now),
            node)
        > 0;
  }

  boolean isOwner(StoredArchive archive) {
    return database.count("archive" + OWNED, archive.site(), archive.backupid(), node) > 0;
  }

  /** It was read to its end, and is as it was downloaded; gives whether the row was this node's. */
  boolean recordWhole(StoredArchive archive, Instant now) {
    return jdbc.update(
            "update archive set verified_at = ?, damaged_at = null, damage = null,"
                + " fetch_failure = null, damage_missed = false, away_since = null, away_reported = false,"
                + " recheck_at = null, owner = null"
                + OWNED,
            SqlTime.of(now),
            archive.site(),
            archive.backupid(),
            node)
        > 0;
  }

  /** It is damaged; the row stays this node's, and due: what is fetched anew may break off. */
  boolean recordDamage(StoredArchive archive, String damage, Instant now) {
    return jdbc.update(
            "update archive set verified_at = ?, damaged_at = coalesce(damaged_at, ?), damage = ?,"
                + " away_since = null, away_reported = false, recheck_at = ?"
                + OWNED,
            SqlTime.of(now),
            SqlTime.of(now),
            limited(damage),
            SqlTime.of(now),
            archive.site(),
            archive.backupid(),
            node)
        > 0;
  }

  /** It could not be fetched anew; the site may be reported as missed for that. */
  boolean recordFetchFailure(StoredArchive archive, String reason, boolean missed) {
    return jdbc.update(
            "update archive set fetch_failure = ?, damage_missed = damage_missed or ?" + OWNED,
            limited(reason),
            missed,
            archive.site(),
            archive.backupid(),
            node)
        > 0;
  }

  private static String limited(String text) {
    return text.substring(0, Math.min(text.length(), MAX_TEXT_LENGTH));
  }

  /** It is read again at that time, by any node. */
  void release(StoredArchive archive, Instant again) {
    jdbc.update(
        "update archive set recheck_at = ?, owner = null where site = ? and backupid = ? and owner = ?",
        SqlTime.of(again),
        archive.site(),
        archive.backupid(),
        node);
  }

  /** Nothing in the place can be read, so nothing of it is tried before that time. */
  void recordAway(StoredArchive archive, boolean reported, Instant now, Instant again) {
    jdbc.update(
        "update archive set away_since = coalesce(away_since, ?), away_reported = away_reported or ?,"
            + " recheck_at = case when owner = ? or recheck_at is not null"
            + " or coalesce(verified_at, kept_at) <= ? then cast(? as timestamp with time zone) end,"
            + " owner = case when owner = ? then null else owner end"
            + " where site = ? and place = ?",
        SqlTime.of(now),
        reported,
        node,
        SqlTime.of(now),
        SqlTime.of(again),
        node,
        archive.site(),
        archive.location());
  }

  /** The place of the archive can be read again. */
  void recordBack(StoredArchive archive) {
    jdbc.update(
        "update archive set away_since = null, away_reported = false, recheck_at = null"
            + " where site = ? and place = ? and away_since is not null and damaged_at is null"
            + " and not (backupid = ?)",
        archive.site(),
        archive.location(),
        archive.backupid());
  }

  /** No other good backup of the site has ended since it was downloaded. */
  boolean isNewestGood(CheckedArchive one) {
    return database.count(
            "run where site = ? and state in ('completed', 'warning') and ended_at > ?"
                + " and backupid <> ?",
            one.archive().site(),
            SqlTime.of(one.downloadedAt()),
            one.archive().backupid())
        == 0;
  }

  /** How many are damaged, and when the one was read that was not read for longest. */
  public record Totals(int damaged, int away, Instant oldest) {}

  /** Of watched sites. */
  public Totals totals() {
    return database
        .sql(
            "select count(damaged_at) as damaged, count(away_since) as away,"
                + " min(coalesce(verified_at, kept_at)) as oldest from archive a"
                + " where exists (select 1 from standing s where s.site = a.site and s.watched)")
        .query(
            (row, number) ->
                new Totals(
                    row.getInt("damaged"), row.getInt("away"), SqlTime.instant(row, "oldest")))
        .single();
  }

  static CheckedArchive read(ResultSet row, int number) throws SQLException {
    Instant downloadedAt = SqlTime.instant(row, "kept_at");
    Instant verifiedAt = SqlTime.instant(row, "verified_at");
    return new CheckedArchive(
        ArchiveCatalog.read(row, number),
        downloadedAt,
        verifiedAt == null ? downloadedAt : verifiedAt,
        SqlTime.instant(row, "damaged_at"),
        row.getString("damage"),
        row.getString("fetch_failure"),
        row.getBoolean("damage_missed"),
        SqlTime.instant(row, "away_since"),
        row.getBoolean("away_reported"),
        SqlTime.instant(row, "recheck_at"));
  }
}
