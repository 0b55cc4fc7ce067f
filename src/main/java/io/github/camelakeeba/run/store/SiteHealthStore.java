package io.github.camelakeeba.run.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** The health of the sites, a row each; written in the transaction that ends a run. */
public final class SiteHealthStore {
  private static final String LATE = "update standing set ";
  private static final String GOOD =
      LATE
          + """
          failures = 0, failed_at = null, failed_run = null, missed_at = null, reminded_at = null,
            missed_kind = null, missed_reason = null,
          """;

  private final JdbcTemplate jdbc;
  private final SiteDays days;

  public SiteHealthStore(Database database) {
    this.jdbc = database.jdbc();
    this.days = new SiteDays(database);
  }

  /**
   * Writes what the end of this run makes of its site, and of its day; gives the health before.
   *
   * @param late the backup is good, but too old to end what is wrong with the site
   */
  SiteHealth recordEnd(Run run, boolean late) {
    SiteHealth before = lock(run.site(), run.endedAt());
    if (run.state() == RunState.FAILED) {
      jdbc.update(
          """
          update standing set failures = failures + 1, failed_at = ?, failed_run = ?,
            last_run = ?, last_state = ?, last_ended_at = ?, change = nextval('standing_change')
          where site = ?
          """,
          SqlTime.of(run.endedAt()),
          run.id(),
          run.id(),
          run.state().word(),
          SqlTime.of(run.endedAt()),
          run.site());
    } else {
      jdbc.update(
          (late ? LATE : GOOD)
              + """
              last_good_at = ?, gone_at = null, last_good_size = ?, last_good_ms = ?,
                last_good_run = ?, last_run = ?, last_state = ?, last_ended_at = ?, change = nextval('standing_change')
              where site = ?
              """,
          SqlTime.of(run.endedAt()),
          run.backup().size(),
          SiteDays.durationMillis(run),
          run.id(),
          run.id(),
          run.state().word(),
          SqlTime.of(run.endedAt()),
          run.site());
    }
    days.recordEnd(run);
    return before;
  }

  /** The site's health; locked until the transaction ends. */
  public SiteHealth lock(String site, Instant now) {
    insertIfAbsent(site, false, now);
    return jdbc.queryForObject(
        "select * from standing where site = ? for update", SiteHealthStore::health, site);
  }

  /** The health of a site that is or was watched. */
  public SiteHealth find(String site) {
    return jdbc.queryForObject(
        "select * from standing where site = ?", SiteHealthStore::health, site);
  }

  private boolean insertIfAbsent(String site, boolean watched, Instant now) {
    return jdbc.update(
            """
            insert into standing (site, watched, entered_at, first_day, change)
            values (?, ?, ?, ?, nextval('standing_change')) on conflict do nothing
            """,
            site,
            watched,
            SqlTime.of(now),
            SiteDays.dayOf(now))
        > 0;
  }

  /** From now on exactly these sites are watched; a new one from its entry on. */
  public void setWatched(Set<String> sites, Instant now) {
    Map<String, Boolean> known = new HashMap<>();
    jdbc.query(
        "select site, watched from standing",
        row -> {
          known.put(row.getString("site"), row.getBoolean("watched"));
        });
    for (String site : sites) {
      // one that is new may have been entered meanwhile, by the end of a run somewhere else
      boolean entered = !known.containsKey(site) && insertIfAbsent(site, true, now);
      if (!entered && !known.getOrDefault(site, false)) {
        jdbc.update(
            """
            update standing set watched = true, entered_at = ?, missed_at = null,
              reminded_at = null, gone_at = null, missed_kind = null, missed_reason = null, change = nextval('standing_change')
            where site = ? and not watched
            """,
            SqlTime.of(now),
            site);
      }
    }
    known.forEach(
        (site, watched) -> {
          if (watched && !sites.contains(site)) {
            jdbc.update(
                "update standing set watched = false, change = nextval('standing_change') where site = ?",
                site);
          }
        });
  }

  public List<SiteHealth> watched() {
    return jdbc.query(
        "select * from standing where watched order by site", SiteHealthStore::health);
  }

  /**
   * What is known of a site; one that is not watched is off or gone, and is never overdue.
   *
   * @param newest how its newest ended run ended; null: none has
   * @param goodMillis how long its last good backup took; null: not known
   * @param firstDay the first day of UTC of which anything is known
   * @param change rises with each change of any site
   */
  public record KnownSite(
      SiteHealth health,
      boolean watched,
      EndedRun newest,
      Long goodMillis,
      LocalDate firstDay,
      long change,
      SiteProof proof) {}

  /**
   * How the restore tests of a site stand. Instants are ISO 8601 in UTC.
   *
   * @param verdict of the last one: {@code proved}, {@code unproved} or {@code untested}; null:
   *     there was none
   * @param checkedAt when that had ended
   * @param provedAt when the last one that proved a backup had ended; null: none has
   * @param server where that was restored, such as {@code 11.4.5-MariaDB}
   * @param tables that were counted then
   * @param rows of all tables
   * @param overdueSince since when it is told that none has proved a backup for {@code
   *     provedOverdueAfter}; null: it is not
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SiteProof(
      String verdict,
      Instant checkedAt,
      Instant provedAt,
      String server,
      Integer tables,
      Long rows,
      Instant overdueSince) {
    /** Whether the last restore test says that a backup is bad, or none has proved one for long. */
    public boolean doubtful() {
      return overdueSince != null || "unproved".equals(verdict);
    }
  }

  /** As lists show it; its row may be deleted already. */
  public record EndedRun(String id, String state, Instant endedAt) {}

  /**
   * The sites that have changed since then, in the order of their changes; 0: all. One that takes
   * part in a longer transaction may come after later ones.
   */
  public List<KnownSite> changedSince(long change) {
    return jdbc.query(
        "select * from standing where change > ? order by change", SiteHealthStore::known, change);
  }

  private static KnownSite known(ResultSet row, int number) throws SQLException {
    String run = row.getString("last_run");
    return new KnownSite(
        health(row, number),
        row.getBoolean("watched"),
        run == null
            ? null
            : new EndedRun(run, row.getString("last_state"), SqlTime.instant(row, "last_ended_at")),
        row.getObject("last_good_ms", Long.class),
        row.getObject("first_day", LocalDate.class),
        row.getLong("change"),
        proof(row));
  }

  /** Null: restore tests of it are not wanted, and none was made. */
  private static SiteProof proof(ResultSet row) throws SQLException {
    String verdict = row.getString("proof_verdict");
    return verdict == null && row.getObject("proof_since") == null
        ? null
        : new SiteProof(
            verdict,
            SqlTime.instant(row, "proof_at"),
            SqlTime.instant(row, "proved_at"),
            row.getString("proved_server"),
            row.getObject("proved_tables", Integer.class),
            row.getObject("proved_rows", Long.class),
            SqlTime.instant(row, "unproved_told_at"));
  }

  /** Of the watched sites whose restore tests are wanted, or were made, how these stand. */
  public Map<String, SiteProof> proofs() {
    Map<String, SiteProof> proofs = new HashMap<>();
    jdbc.query(
        """
        select * from standing
        where watched and (proof_since is not null or proof_verdict is not null)
        """,
        row -> {
          proofs.put(row.getString("site"), proof(row));
        });
    return proofs;
  }

  /** Notes that it is reported as overdue; false when another node has, or it has changed. */
  public boolean markMissed(SiteHealth health, Instant now) {
    int marked =
        jdbc.update(
            """
            update standing set missed_at = ?, reminded_at = null, missed_kind = ?,
              missed_reason = ?, change = nextval('standing_change')
            where site = ? and watched and missed_at is null
              and last_good_at is not distinct from cast(? as timestamp(3) with time zone)
            """,
            SqlTime.of(now),
            health.missing() == null ? null : health.missing().kind(),
            health.missing() == null ? null : health.missing().message(),
            health.site(),
            SqlTime.of(health.lastGoodAt()));
    if (marked > 0) {
      days.recordMissed(health.site(), now);
    }
    return marked > 0;
  }

  /**
   * Notes that the files of its last good backup are gone, for the reason that the health gives,
   * and that it is missed; false when another node has, or the health has changed.
   */
  public boolean markGone(SiteHealth health, Instant now) {
    int marked =
        jdbc.update(
            """
            update standing set gone_at = ?, missed_at = coalesce(missed_at, ?), missed_kind = ?,
              missed_reason = ?, change = nextval('standing_change')
            where site = ? and watched and gone_at is null
              and last_good_at = cast(? as timestamp(3) with time zone)
              and missed_at is not distinct from cast(? as timestamp(3) with time zone)
            """,
            SqlTime.of(now),
            SqlTime.of(now),
            health.missing().kind(),
            health.missing().message(),
            health.site(),
            SqlTime.of(health.lastGoodAt()),
            SqlTime.of(health.missedAt()));
    if (marked > 0 && health.missedAt() == null) {
      days.recordMissed(health.site(), now);
    }
    return marked > 0;
  }

  /** Notes that its last good backup, which was reported as gone, is there; false: it was not. */
  public boolean markFound(SiteHealth health) {
    return jdbc.update(
            """
            update standing set gone_at = null, missed_at = null, reminded_at = null,
              missed_kind = null, missed_reason = null, change = nextval('standing_change')
            where site = ? and gone_at = cast(? as timestamp(3) with time zone)
            """,
            health.site(),
            SqlTime.of(health.goneAt()))
        > 0;
  }

  /** Notes that it was reported again; false when it has changed. */
  public boolean markReminded(SiteHealth health, Instant now) {
    return jdbc.update(
            """
            update standing set reminded_at = ?
            where site = ? and watched and failures = ?
              and missed_at is not distinct from cast(? as timestamp(3) with time zone)
              and reminded_at is not distinct from cast(? as timestamp(3) with time zone)
            """,
            SqlTime.of(now),
            health.site(),
            health.failures(),
            SqlTime.of(health.missedAt()),
            SqlTime.of(health.remindedAt()))
        > 0;
  }

  private static SiteHealth health(ResultSet row, int number) throws SQLException {
    return new SiteHealth(
        row.getString("site"),
        SqlTime.instant(row, "entered_at"),
        SqlTime.instant(row, "last_good_at"),
        row.getObject("last_good_size", Long.class),
        row.getInt("failures"),
        SqlTime.instant(row, "failed_at"),
        row.getString("failed_run"),
        SqlTime.instant(row, "missed_at"),
        SqlTime.instant(row, "reminded_at"),
        SqlTime.instant(row, "gone_at"),
        row.getString("missed_reason") == null
            ? null
            : new Event.Error(row.getString("missed_kind"), row.getString("missed_reason")));
  }
}
