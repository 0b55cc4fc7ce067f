package io.github.camelakeeba.run.store;

import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Gives this node the queued runs that are due, within the limits, batch by batch. */
public final class RunClaimer {
  private static final Logger LOG = LoggerFactory.getLogger(RunClaimer.class);

  /**
   * Runs in a transaction. The first of them begin, and other nodes claim, after a whole one; in
   * batches of 50, 200 and 1,000 ten thousand took 3.0, 2.3 and 1.7 s of CPU (measured:
   * bench/ClaimBenchmark, PostgreSQL, with the server's).
   */
  private static final int BATCH = 200;

  /**
   * Runs of this process that may stand before their start at the same time: with ten thousand at
   * once a call waited for a processor until it was too old to be sent, and 3,000 starts had to be
   * recovered (measured: bench/FleetBenchmark, two cores).
   */
  private static final int MAX_STARTING = 1000;

  private static final String CLAIM =
      """
      update run set state = 'running', active_site = site, owner = ?, claim = claim + 1,
        started_at = coalesce(started_at, ?),
        lost = lost + case when sending is null then 0 else 1 end,
        recoveries = recoveries + case when sending is null then 0 else 1 end, sending = null
      where id = any (?)
      """;

  private final String claim; // SQL that gives the rows that it has updated
  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Supplier<Limits> limits;
  private final String owner;
  private final DueRuns due;
  private final RunGuard guard;
  private final ActiveRuns activeRuns;
  private final RunListener listener;
  private final Clock clock;
  private final long sweepInterval; // nanoseconds
  private long sweptAt;
  private boolean analyzed; // always on H2, which needs no statistics for that
  private volatile Instant lastRound;

  /** The owner is this node's id. */
  public RunClaimer(
      Database database,
      Supplier<Limits> limits,
      String owner,
      ClaimPolicy policy,
      RunGuard guard,
      ActiveRuns activeRuns,
      RunListener listener,
      Timings timings,
      Clock clock) {
    this.claim =
        database.embedded() ? "select * from final table (" + CLAIM + ")" : CLAIM + " returning *";
    this.jdbc = database.node().jdbc();
    this.transaction = database.node().transaction();
    this.limits = limits;
    this.owner = owner;
    this.due =
        new DueRuns(
            database,
            () -> limits.get().perHost(),
            owner,
            policy == ClaimPolicy.ALL,
            timings.heartbeatInterval().multipliedBy(4).dividedBy(5)); // over at the next tick
    this.guard = guard;
    this.activeRuns = activeRuns;
    this.listener = listener;
    this.clock = clock;
    this.sweepInterval = timings.heartbeatInterval().toNanos();
    this.analyzed = database.embedded();
    this.sweptAt = System.nanoTime() - sweepInterval;
  }

  /** When this node last tried to claim; null: never. */
  public Instant lastRoundAt() {
    return lastRound;
  }

  /**
   * Whether the queued run may find a place at once, as far as this process knows. Where it can't,
   * a claim would find nothing: the end of a run, which frees a place, asks for one.
   */
  public boolean hasPlaceFor(@Body Run queued) {
    Limits now = limits.get();
    return activeRuns.size() < now.concurrent()
        && activeRuns.onHostOf(queued.site()) < now.perHost();
  }

  /**
   * Claims the next batch of what is due within the limits: what waits to continue first, then the
   * longest due. The batch is committed; an empty one: nothing more may begin now.
   */
  public List<Run> claimBatch() {
    lastRound = clock.instant();
    List<Run> claimed = transaction.execute(this::claimBatch);
    activeRuns.begin(claimed);
    claimed.forEach(listener::claimed);
    return claimed;
  }

  private List<Run> claimBatch(TransactionStatus status) {
    jdbc.queryForList("select name from latch where name = 'claim' for update");
    if (!guard.open()) {
      return List.of(); // else this process claims what it has just suspended
    }
    requeueLost();
    int places =
        Math.min(
            limits.get().concurrent() - activeRuns.size(), MAX_STARTING - activeRuns.starting());
    int most = Math.min(places, BATCH);
    List<String> ids = most <= 0 ? List.of() : due.first(most, clock.instant());
    if (ids.size() == BATCH) {
      analyzeOnce();
    }
    List<Run> claimed = ids.isEmpty() ? List.of() : claim(ids);
    if (!claimed.isEmpty() && !isAlive()) {
      status.setRollbackOnly();
      LOG.warn(
          "this node was held up while it claimed {} runs, and others take it for dead; it leaves"
              + " them, and claims again after its next heartbeat",
          claimed.size());
      return List.of();
    }
    return claimed;
  }

  /**
   * PostgreSQL plans for an empty table until it has statistics, and then compares each row with
   * each id of a batch: measured 40 s for the first 10,000 runs of a new database.
   */
  private void analyzeOnce() {
    if (!analyzed) {
      jdbc.execute("analyze run");
      analyzed = true;
    }
  }

  /** Whether other nodes would leave us what we claim. */
  private boolean isAlive() {
    return !jdbc.queryForList("select id from node where id = ?", owner).isEmpty();
  }

  /** At most once a heartbeat, since it reads each run that is running. */
  private void requeueLost() {
    long now = System.nanoTime();
    if (now - sweptAt >= sweepInterval) {
      requeueOrphans();
      requeueDropped();
      sweptAt = now;
    }
  }

  /** Runs of a dead node are queued again: due by that node's clock, so also by ours. */
  private void requeueOrphans() {
    OffsetDateTime now = SqlTime.of(clock.instant());
    jdbc.update(
        """
        update run set state = 'queued', owner = null,
          due_at = case when due_at > ? then ? else due_at end
        where running_on >= '' and (owner is null or owner not in (select id from node))
        """,
        now,
        now);
  }

  /** Runs of this node that it had to drop are queued again. */
  private void requeueDropped() {
    List<Object[]> dropped = new ArrayList<>();
    jdbc.query(
        "select id, claim from run where running_on >= '' and owner = ?",
        row -> {
          if (!activeRuns.contains(row.getString(1), row.getLong(2))) {
            dropped.add(new Object[] {row.getString(1), owner, row.getLong(2)});
          }
        },
        owner);
    // only what still is: it may have ended since it was read, and must not begin anew
    for (Object[] run : dropped) {
      jdbc.update(
          "update run set state = 'queued' "
              + "where id = ? and owner = ? and claim = ? and state = 'running'",
          run);
    }
  }

  /**
   * The runs in this order, but those that have ended since they were read, or that somebody is
   * just changing: the latch keeps other claims out, not a stop. A call that was in flight when its
   * process died may have begun on the site.
   */
  private List<Run> claim(List<String> ids) {
    OffsetDateTime now = SqlTime.of(clock.instant());
    List<String> queued = new ArrayList<>();
    jdbc.query(
        "select id, state from run where id = any (?) for update skip locked",
        row -> {
          if (row.getString("state").equals("queued")) {
            queued.add(row.getString("id"));
          }
        },
        (Object) ids.toArray(String[]::new));
    return jdbc
        .query(claim, RunRowMapper.MAPPER, owner, now, queued.toArray(String[]::new))
        .stream()
        .sorted(Comparator.comparing(run -> ids.indexOf(run.id())))
        .toList();
  }
}
