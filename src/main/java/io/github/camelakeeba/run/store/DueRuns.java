package io.github.camelakeeba.run.store;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The queued runs that may begin now, in their order: what waits to continue goes first, then what
 * is due the longest; one a site, and no more on a web host than it may have. It reads the queue
 * from its front, as far as it must.
 */
final class DueRuns {
  private static final int TO_CONTINUE = 0; // in the column waiting
  private static final int TO_BEGIN = 1;
  private static final int MIN_WINDOW = 20; // rows: of a few, some may be blocked
  private static final int MAX_WINDOW = 5_000;
  private static final OffsetDateTime EVER = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
  private static final Due FRONT = new Due("", "", "", EVER, EVER, false);

  private final JdbcTemplate jdbc;
  private final IntSupplier perHost;
  private final String owner;
  private final boolean all;

  /** Those of the owner only, or all. */
  DueRuns(Database database, IntSupplier perHost, String owner, boolean all) {
    this.jdbc = database.node().jdbc();
    this.perHost = perHost;
    this.owner = owner;
    this.all = all;
  }

  private record Due(
      String id,
      String site,
      String host,
      OffsetDateTime dueAt,
      OffsetDateTime queuedAt,
      boolean siteBusy) {
    Due(ResultSet row, int number) throws SQLException {
      this(
          row.getString("id"),
          row.getString("site"),
          row.getString("host"),
          row.getObject("due_at", OffsetDateTime.class),
          row.getObject("queued_at", OffsetDateTime.class),
          row.getBoolean("site_busy"));
    }
  }

  /** The ids of the first ones that are due by then, at most so many. */
  List<String> first(int most, Instant now) {
    Selection selection = new Selection(most, SqlTime.of(now));
    selection.read(TO_CONTINUE);
    selection.read(TO_BEGIN);
    return selection.ids;
  }

  private final class Selection {
    private final int most;
    private final OffsetDateTime now;
    private final List<String> ids = new ArrayList<>();
    private final Set<String> sites = new HashSet<>();
    private final Map<String, Integer> onHost = new HashMap<>();
    private final Set<String> fullHosts = new HashSet<>();

    Selection(int most, OffsetDateTime now) {
      this.most = most;
      this.now = now;
    }

    void read(int waiting) {
      Due last = FRONT;
      int window = Math.max(most, MIN_WINDOW);
      while (ids.size() < most) {
        List<Due> rows = window(waiting, last, window);
        countHosts(rows);
        rows.forEach(this::take);
        if (rows.size() < window) {
          return;
        }
        last = rows.get(window - 1);
        window = Math.min(2 * window, MAX_WINDOW);
      }
    }

    private void take(Due run) {
      if (ids.size() < most
          && !run.siteBusy
          && !fullHosts.contains(run.host)
          && sites.add(run.site)) {
        ids.add(run.id);
        addToHost(run.host, 1);
      }
    }

    private void addToHost(String host, int runs) {
      if (onHost.merge(host, runs, Integer::sum) >= perHost.getAsInt()) {
        fullHosts.add(host);
      }
    }

    /** Counts what runs on hosts that are new here; of all nodes. */
    private void countHosts(List<Due> rows) {
      Set<String> hosts = new HashSet<>();
      rows.stream().map(Due::host).filter(host -> !onHost.containsKey(host)).forEach(hosts::add);
      if (!hosts.isEmpty()) {
        jdbc.query(
            """
            select h.host,
              (select count(*) from run r where r.running_on = h.host) as running
            from unnest(cast(? as varchar array)) h (host)
            """,
            row -> {
              addToHost(row.getString("host"), row.getInt("running"));
            },
            (Object) hosts.toArray(String[]::new));
      }
    }

    /** The rows after that one; not those of hosts that are known to be full. */
    private List<Due> window(int waiting, Due last, int rows) {
      return jdbc.query(
          """
          select r.id, r.site, r.host, r.due_at, r.queued_at,
            exists (select 1 from run a where a.active_site = r.site and a.id <> r.id) as site_busy
          from run r
          where r.waiting = ? and r.due_at >= ? and r.due_at <= ?
            and (r.due_at > ? or r.queued_at > ? or r.queued_at = ? and r.id > ?)
            and (r.owner = ? or ?) and not r.host = any (?)
          order by r.waiting, r.due_at, r.queued_at, r.id
          limit ?
          """,
          Due::new,
          waiting,
          last.dueAt,
          now,
          last.dueAt,
          last.queuedAt,
          last.queuedAt,
          last.id,
          owner,
          all,
          fullHosts.toArray(String[]::new),
          rows);
    }
  }
}
