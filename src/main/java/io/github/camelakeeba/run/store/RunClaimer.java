package io.github.camelakeeba.run.store;

import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.NodeTable;
import io.github.camelakeeba.store.SqlTime;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Says that this node is alive, and gives it the queued runs that are due, within the limits. */
public final class RunClaimer {
  private final Database database;
  private final JdbcTemplate jdbc;
  private final Limits limits;
  private final String owner;
  private final ClaimPolicy policy;
  private final RunGuard guard;
  private final ActiveRuns activeRuns;
  private final RunListener listener;
  private final Clock clock;
  private final HeartbeatTimeout heartbeats;
  private final String lifetime; // SQL: how long a node is alive without another heartbeat
  private volatile Instant lastHeartbeat;

  /** The owner is the node's id, new at each start of a process. */
  public RunClaimer(
      Database database,
      Limits limits,
      String owner,
      ClaimPolicy policy,
      RunGuard guard,
      ActiveRuns activeRuns,
      RunListener listener,
      Timings timings,
      Clock clock) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.limits = limits;
    this.owner = owner;
    this.policy = policy;
    this.guard = guard;
    this.activeRuns = activeRuns;
    this.listener = listener;
    this.clock = clock;
    this.heartbeats = new HeartbeatTimeout(timings.nodeTimeout(), System::nanoTime);
    this.lifetime =
        "interval '%s' second".formatted(BigDecimal.valueOf(timings.nodeTimeout().toMillis(), 3));
    if (database.embedded()) {
      jdbc.update("delete from node"); // the file is ours alone, so every other node is gone
    } else {
      // known to be dead without a wait; a living one whose clock went wrong is back in a second
      jdbc.update("delete from node where alive_until < current_timestamp - " + lifetime);
    }
    if (policy != ClaimPolicy.NONE) {
      heartbeat();
    }
  }

  public String node() {
    return owner;
  }

  /** Says that this node lives, and removes silent ones; by no wall clock: each may be set. */
  public void heartbeat() {
    lastHeartbeat = clock.instant();
    String until = "current_timestamp + " + lifetime;
    if (jdbc.update("update node set alive_until = " + until + " where id = ?", owner) == 0) {
      jdbc.update("insert into node (id, alive_until) values (?, " + until + ")", owner);
    }
    database.availability().heartbeat();
    jdbc.queryForList("select id, alive_until from node where id <> ?", owner).stream()
        .filter(node -> heartbeats.expired((String) node.get("id"), node.get("alive_until")))
        .forEach(
            node ->
                jdbc.update(
                    "delete from node where id = ? and alive_until = ?",
                    node.get("id"),
                    node.get("alive_until")));
  }

  /** When this node last tried its heartbeat; null: never. */
  public Instant lastHeartbeatAt() {
    return lastHeartbeat;
  }

  /** Says that this node is gone, so that others need not wait for its timeout. */
  public void deregister() {
    try {
      jdbc.update("delete from node where id = ?", owner);
    } catch (DataAccessException e) {
      database.availability().recordFailure(e); // its time runs out then
    }
  }

  /** Claims what is due within the limits: what waits to continue first, then the longest due. */
  public List<Run> claimDue() {
    List<Run> claimed =
        database
            .transaction()
            .execute(
                status -> {
                  jdbc.queryForList("select name from latch where name = 'claim' for update");
                  if (!guard.open()) {
                    return List.of(); // else this process claims what it has just suspended
                  }
                  requeueOrphans();
                  int free = limits.concurrent() - countActive();
                  return free <= 0 ? List.of() : claimCandidates(free);
                });
    activeRuns.begin(claimed);
    claimed.forEach(listener::claimed);
    return claimed;
  }

  /** How many runs this node works on; those that it had to drop are queued again. */
  private int countActive() {
    int working = 0;
    for (Map<String, Object> row :
        jdbc.queryForList(
            "select id, claim from run where state = 'running' and owner = ?", owner)) {
      if (activeRuns.contains((String) row.get("id"), (Long) row.get("claim"))) {
        working++;
      } else {
        // only what still is: it may have ended since it was read, and must not begin anew
        jdbc.update(
            "update run set state = 'queued' "
                + "where id = ? and owner = ? and claim = ? and state = 'running'",
            row.get("id"),
            owner,
            row.get("claim"));
      }
    }
    return working;
  }

  /** Runs of a dead node are queued again: due by that node's clock, so also by ours. */
  private void requeueOrphans() {
    OffsetDateTime now = SqlTime.of(clock.instant());
    jdbc.update(
        """
        update run set state = 'queued', owner = null,
          due_at = case when due_at > ? then ? else due_at end
        where state = 'running' and not
        """
            + NodeTable.ownerAlive("run"),
        now,
        now);
  }

  private List<Run> claimCandidates(int free) {
    List<Run> claimed = new ArrayList<>();
    Set<String> sites = new HashSet<>();
    Map<String, Integer> hosts = new HashMap<>();
    for (Map<String, Object> row : candidates(free)) {
      String host = (String) row.get("host");
      int running =
          hosts.computeIfAbsent(
              host, name -> database.count("run where state = 'running' and host = ?", name));
      if (running < limits.perHost() && sites.add((String) row.get("site"))) {
        hosts.put(host, running + 1);
        claim((String) row.get("id")).ifPresent(claimed::add);
      }
    }
    return claimed;
  }

  private List<Map<String, Object>> candidates(int free) {
    return jdbc.queryForList(
        """
        select r.id, r.site, r.host from run r
        where r.state = 'queued' and r.due_at <= ? and (r.owner = ? or ?)
          and not exists (select 1 from run a where a.active_site = r.site and a.id <> r.id)
          and (select count(*) from run h where h.state = 'running' and h.host = r.host) < ?
        order by case when r.active_site is null then 1 else 0 end, r.due_at, r.queued_at, r.id
        limit ?
        """,
        SqlTime.of(clock.instant()),
        owner,
        policy == ClaimPolicy.ALL,
        limits.perHost(),
        free);
  }

  /**
   * The run, unless it has ended since it was read: the latch keeps other claims out, not a stop. A
   * call that was in flight when its process died may have begun on the site.
   */
  private Optional<Run> claim(String id) {
    int claimed =
        jdbc.update(
            """
        update run set state = 'running', active_site = site, owner = ?, claim = claim + 1,
          started_at = coalesce(started_at, ?),
          lost = lost + case when sending is null then 0 else 1 end,
          recoveries = recoveries + case when sending is null then 0 else 1 end, sending = null
        where id = ? and state = 'queued'
        """,
            owner,
            SqlTime.of(clock.instant()),
            id);
    return claimed == 0 ? Optional.empty() : RunRowMapper.find(database, id);
  }
}
