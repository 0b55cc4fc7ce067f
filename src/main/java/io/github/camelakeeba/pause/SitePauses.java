package io.github.camelakeeba.pause;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pauses of sites, a row each, for all nodes; throws when the store is unavailable. */
public final class SitePauses {
  private static final String COLUMNS =
      "select p.site, p.since, coalesce(p.ended_at, p.until_at) as until, p.reason, p.by_whom"
          + " from site_pause p ";

  private static final String CURRENT =
      COLUMNS + "where p.open_site %s and (p.until_at is null or p.until_at > ?)";

  /** Those that may move the time by which the next good backup must have ended. */
  private static final String SINCE_LAST_GOOD =
      COLUMNS
          + """
          join standing s on s.site = p.site
          where %s and (s.last_good_at is null or p.ended_at is null or p.ended_at > s.last_good_at)
          order by p.site, p.since
          """;

  private static final String SINCE =
      COLUMNS
          + """
          where p.open_site >= '' and (p.until_at is null or p.until_at > ?) or p.ended_at > ?
          order by p.site, p.since
          """;

  private final Database database;
  private final Clock clock;

  public SitePauses(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Pauses the site, or changes until when, why and by whom it is paused; its beginning stays. On
   * several nodes at once the last one counts.
   */
  public void pause(String site, SitePause wanted) {
    database.together(
        () -> {
          if (!change(site, wanted)) {
            closeExpired(site);
            if (!insert(site, wanted)) {
              change(site, wanted); // another node has paused it meanwhile
            }
          }
        });
  }

  private boolean change(String site, SitePause wanted) {
    return database
            .jdbc()
            .update(
                """
                update site_pause set until_at = ?, reason = ?, by_whom = ?
                where open_site = ? and (until_at is null or until_at > ?)
                """,
                SqlTime.of(wanted.until()),
                text(wanted.reason()),
                wanted.by(),
                site,
                now())
        > 0;
  }

  private boolean insert(String site, SitePause wanted) {
    return database
            .jdbc()
            .update(
                """
                insert into site_pause (site, open_site, since, until_at, reason, by_whom)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                """,
                site,
                site,
                SqlTime.of(wanted.since()),
                SqlTime.of(wanted.until()),
                text(wanted.reason()),
                wanted.by())
        > 0;
  }

  private static String text(String reason) {
    return reason == null ? "" : reason;
  }

  /** Ends the site's pause; false where it was not paused. */
  public boolean resume(String site) {
    boolean ended =
        database
                .jdbc()
                .update(
                    """
                    update site_pause set ended_at = ?, open_site = null
                    where open_site = ? and (until_at is null or until_at > ?)
                    """,
                    now(),
                    site,
                    now())
            > 0;
    if (!ended) {
      closeExpired(site);
    }
    return ended;
  }

  private void closeExpired(String site) {
    database
        .jdbc()
        .update(
            """
            update site_pause set ended_at = until_at, open_site = null
            where open_site = ? and until_at <= ?
            """,
            site,
            now());
  }

  /** By site, the pauses that last. */
  public Map<String, SitePause> current() {
    Map<String, SitePause> current = new HashMap<>();
    read(CURRENT.formatted(">= ''"), now())
        .forEach((site, pauses) -> current.put(site, pauses.get(0)));
    return current;
  }

  /** The pause of this site that lasts, or null. */
  public SitePause current(String site) {
    List<SitePause> pauses = read(CURRENT.formatted("= ?"), site, now()).get(site);
    return pauses == null ? null : pauses.get(0);
  }

  /** The sites that are paused now, or were at this time. */
  public Set<String> pausedAt(Instant time) {
    OffsetDateTime at = SqlTime.of(time);
    return Set.copyOf(
        database
            .sql(
                """
                select site from site_pause
                where open_site >= '' and (until_at is null or until_at > ?
                  or since <= ? and until_at > ?)
                union
                select site from site_pause where ended_at > ? and since <= ?
                """)
            .params(now(), at, at, at, at)
            .query(String.class)
            .list());
  }

  /** Of each watched site the pauses that were not over when its last good backup ended. */
  public Map<String, List<SitePause>> sinceLastGood() {
    return read(SINCE_LAST_GOOD.formatted("s.watched"));
  }

  /** The same of one site. */
  public List<SitePause> sinceLastGood(String site) {
    return read(SINCE_LAST_GOOD.formatted("s.site = ?"), site).getOrDefault(site, List.of());
  }

  /** By site, the pauses that were not over at this time, in their order. */
  public Map<String, List<SitePause>> since(Instant time) {
    return read(SINCE, SqlTime.of(time), SqlTime.of(time));
  }

  private Map<String, List<SitePause>> read(String sql, Object... parameters) {
    Instant now = clock.instant();
    Map<String, List<SitePause>> pauses = new HashMap<>();
    database
        .sql(sql)
        .params(parameters)
        .query(
            row -> {
              SitePause pause = pause(row, now);
              if (pause.until() == null || pause.until().isAfter(pause.since())) {
                pauses.computeIfAbsent(row.getString("site"), site -> new ArrayList<>()).add(pause);
              }
            });
    return pauses;
  }

  /** It has begun, whatever the clock said then: it may have been put back since. */
  private static SitePause pause(ResultSet row, Instant now) throws SQLException {
    Instant since = SqlTime.instant(row, "since");
    String reason = row.getString("reason");
    return new SitePause(
        since.isAfter(now) ? now : since,
        SqlTime.instant(row, "until"),
        reason.isEmpty() ? null : reason,
        row.getString("by_whom"));
  }

  private OffsetDateTime now() {
    return SqlTime.of(clock.instant());
  }
}
