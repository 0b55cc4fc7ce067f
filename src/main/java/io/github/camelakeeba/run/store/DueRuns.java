package io.github.camelakeeba.run.store;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
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
 * from its front, as far as it must. Where nothing but runs of full hosts was left, it remembers
 * that for a while: as long as these hosts are full it reads only what has come since.
 */
final class DueRuns {
  private static final int TO_CONTINUE = 0; // in the column waiting
  private static final int TO_BEGIN = 1;
  private static final int MIN_WINDOW = 20; // rows: of a few, some may be blocked
  private static final int MAX_WINDOW = 5_000;
  private static final OffsetDateTime EVER = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  /** Hosts that are worth to be asked for again before the queue is read. */
  private static final int MAX_REMEMBERED = 100;

  /** A run that was due before another one may have been written after it. */
  private static final Duration LATE = Duration.ofSeconds(1);

  private static final Due FRONT = new Due("", "", "", EVER, EVER, false);

  private static final Blocked NOTHING = new Blocked(Set.of(), FRONT, System.nanoTime());

  private final JdbcTemplate jdbc;
  private final IntSupplier perHost;
  private final String owner;
  private final boolean all;
  private final long memory; // nanoseconds
  private Blocked blocked = NOTHING;

  /** Those of the owner only, or all; what is known of full hosts holds for so long. */
  DueRuns(Database database, IntSupplier perHost, String owner, boolean all, Duration memory) {
    this.jdbc = database.node().jdbc();
    this.perHost = perHost;
    this.owner = owner;
    this.all = all;
    this.memory = memory.toNanos();
  }

  /**
   * What a reading to the end has left: up to there nothing but runs of hosts that were full.
   *
   * @param until by {@link System#nanoTime}
   */
  private record Blocked(Set<String> hosts, Due end, long until) {}

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
    boolean known = System.nanoTime() - blocked.until < 0;
    Selection selection = new Selection(most, SqlTime.of(now), known ? blocked : NOTHING);
    selection.read(TO_CONTINUE);
    selection.read(TO_BEGIN);
    if (!known && selection.isBlocked()) {
      Due before = new Due("", "", "", SqlTime.of(now.minus(LATE)), EVER, false);
      blocked = new Blocked(Set.copyOf(selection.fullHosts), before, System.nanoTime() + memory);
    }
    return selection.ids;
  }

  private final class Selection {
    private final int most;
    private final OffsetDateTime now;
    private final List<String> ids = new ArrayList<>();
    private final Set<String> sites = new HashSet<>();
    private final Map<String, Integer> onHost = new HashMap<>();
    private final Set<String> fullHosts = new HashSet<>();
    private final Set<String> left = new HashSet<>(); // hosts of those that may not begin

    private final Blocked before;
    private boolean longQueue;

    Selection(int most, OffsetDateTime now, Blocked before) {
      this.most = most;
      this.now = now;
      this.before = before;
      countHosts(before.hosts);
    }

    void read(int waiting) {
      Due last = FRONT;
      int window = Math.max(most, MIN_WINDOW);
      while (ids.size() < most) {
        if (waiting == TO_BEGIN
            && last.dueAt.isBefore(before.end.dueAt)
            && fullHosts.containsAll(before.hosts)) {
          last = before.end;
        }
        List<Due> rows = window(waiting, last, window);
        countHosts(rows.stream().map(Due::host).toList());
        rows.forEach(this::take);
        if (rows.size() < window) {
          return;
        }
        longQueue = true;
        last = rows.get(window - 1);
        window = Math.min(2 * window, MAX_WINDOW);
      }
    }

    /** Whether all of a long queue was read, and what it has left waits for full hosts only. */
    boolean isBlocked() {
      return longQueue
          && ids.size() < most
          && fullHosts.size() <= MAX_REMEMBERED
          && fullHosts.containsAll(left);
    }

    private void take(Due run) {
      if (ids.size() < most
          && !run.siteBusy
          && !fullHosts.contains(run.host)
          && sites.add(run.site)) {
        ids.add(run.id);
        addToHost(run.host, 1);
      } else {
        left.add(run.host);
      }
    }

    private void addToHost(String host, int runs) {
      if (onHost.merge(host, runs, Integer::sum) >= perHost.getAsInt()) {
        fullHosts.add(host);
      }
    }

    /** Counts what runs on hosts that are new here; of all nodes. */
    private void countHosts(Collection<String> found) {
      Set<String> hosts = new HashSet<>(found);
      hosts.removeAll(onHost.keySet());
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
