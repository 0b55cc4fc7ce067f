package io.github.camelakeeba.run.store;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.run.ClaimLostException;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.store.Database;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/** A user's request is in the run's row: it holds for every node, and after a crash. */
public final class StopRequests {
  private static final long POLL_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  static final String SELECT_NOT_STOPPED =
      "select id from run where running_on >= '' and stop_asked is null";

  private final ReentrantLock pollLock = new ReentrantLock();
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private volatile Set<String> notStopped = Set.of();
  private volatile long polledAt = System.nanoTime() - POLL_INTERVAL_NANOS;
  private final Database database;
  private final JdbcTemplate jdbc;

  public StopRequests(Database database) {
    this.database = database;
    this.jdbc = database.jdbc();
  }

  /** Of one run; its bell rings when the run may have to end. */
  private static final class Wait {
    private final String run;
    private final Semaphore bell = new Semaphore(0);

    Wait(Run run) {
      this.run = run.id();
    }
  }

  /**
   * Waits so long; throws as {@link #checkNotStoppedRecently}, once {@link #wakeStopped} sees it.
   */
  void await(Run run, Duration time) throws InterruptedException {
    Wait wait = new Wait(run);
    waits.add(wait);
    try {
      long end = System.nanoTime() + time.toNanos();
      while (wait.bell.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        checkNotStoppedRecently(run);
      }
    } finally {
      waits.remove(wait);
    }
  }

  /**
   * Wakes the runs that wait and may have been stopped: ten thousand need not wake each second to
   * ask. Nothing while the store is unavailable.
   */
  public void wakeStopped() {
    if (waits.isEmpty()) {
      return;
    }
    try {
      Set<String> going = notStopped();
      waits.stream().filter(wait -> !going.contains(wait.run)).forEach(wait -> wait.bell.release());
    } catch (DataAccessException | TransactionException e) {
      // the next round sees it
    }
  }

  /** Throws {@code stopped} when a user has asked that this run be stopped. */
  void checkNotStopped(Run run) {
    if (isRequested(run)) {
      throw stopped(run);
    }
  }

  /**
   * The same, some half a second late, and {@link ClaimLostException} when the run is not this
   * claim's any more: one query serves all runs that wait. Nothing while the store is unavailable.
   */
  void checkNotStoppedRecently(Run run) {
    try {
      if (!notStopped().contains(run.id())) {
        checkOurs(run);
      }
    } catch (DataAccessException | TransactionException e) {
      // the next write waits for it
    }
  }

  /** Throws {@code stopped}, or {@link ClaimLostException}; once, whatever the store says. */
  void checkOurs(Run run) {
    String sql =
        "select stop_asked is not null from run where id = ? and claim = ? and state = 'running'";
    List<Boolean> ours = jdbc.queryForList(sql, Boolean.class, run.id(), run.claim());
    if (ours.isEmpty()) {
      throw new ClaimLostException(run.id());
    }
    if (ours.get(0)) {
      throw stopped(run);
    }
  }

  private static AkeebaException stopped(Run run) {
    return new AkeebaException(ErrorKind.STOPPED, failure(run).message());
  }

  /** The runs without a stop request; one that was claimed just now may be missing. */
  private Set<String> notStopped() {
    if (System.nanoTime() - polledAt >= POLL_INTERVAL_NANOS && pollLock.tryLock()) {
      try {
        notStopped = Set.copyOf(jdbc.queryForList(SELECT_NOT_STOPPED, String.class));
      } finally {
        polledAt = System.nanoTime();
        pollLock.unlock();
      }
    }
    return notStopped;
  }

  /** Whether a user has asked for it; waits for a store that is unavailable. */
  public boolean isRequested(Run run) {
    String stopped = "run where id = ? and stop_asked is not null";
    return database.retry(() -> database.count(stopped, run.id())) > 0;
  }

  public static RunFailure failure(Run run) {
    return new RunFailure(
        ErrorKind.STOPPED,
        run.attempts() == 0
            ? "A user stopped it before it began; nothing was started on the site."
            : ("A user stopped it after step %s. What it has begun stays on the site: its record,"
                    + " and the files so far.")
                .formatted(run.backup().steps()));
  }
}
