package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * What a user has asked for stands in the run's row: it holds for every node, and after a crash.
 */
public final class StopMark {
  private static final long EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final String GOING_ON =
      "select id from run where state = 'running' and stop_asked is null";

  private final ReentrantLock looking = new ReentrantLock();
  private volatile Set<String> goingOn = Set.of();
  private volatile long lookedAt = System.nanoTime() - EACH_NANOS;
  private final Database database;
  private final JdbcTemplate jdbc;

  /** In the rows of this store. */
  public StopMark(Database database) {
    this.database = database;
    this.jdbc = database.jdbc();
  }

  /** Throws {@code stopped} when a user has asked that this run be stopped. */
  void heed(Run run) {
    if (on(run)) {
      throw new AkeebaException(ErrorKind.STOPPED, why(run).message());
    }
  }

  /**
   * The same, some half a second late, and {@link LostRunException} when the run is not this
   * claim's any more: one look at the store serves all runs that wait. A store that is away says
   * nothing.
   */
  void heedSoon(Run run) {
    try {
      if (goingOn().contains(run.id())) {
        return;
      }
      String sql =
          "select stop_asked is not null from run where id = ? and claim = ? and state = 'running'";
      List<Boolean> ours = jdbc.queryForList(sql, Boolean.class, run.id(), run.claim());
      if (ours.isEmpty()) {
        throw new LostRunException(run.id());
      }
      if (ours.get(0)) {
        throw new AkeebaException(ErrorKind.STOPPED, why(run).message());
      }
    } catch (DataAccessException | TransactionException e) {
      // whoever writes next waits for it
    }
  }

  /** The runs that nobody has stopped; one that was claimed just now may be missing. */
  private Set<String> goingOn() {
    if (System.nanoTime() - lookedAt >= EACH_NANOS && looking.tryLock()) {
      try {
        goingOn = Set.copyOf(jdbc.queryForList(GOING_ON, String.class));
      } finally {
        lookedAt = System.nanoTime();
        looking.unlock();
      }
    }
    return goingOn;
  }

  /** Whether a user has asked for it; waits for a store that is away. */
  boolean on(Run run) {
    String sql = "select count(*) from run where id = ? and stop_asked is not null";
    Integer asked = database.insist(() -> jdbc.queryForObject(sql, Integer.class, run.id()));
    return asked != null && asked > 0;
  }

  /** The reason of a run that ends so. */
  static Failure why(Run run) {
    return new Failure(
        ErrorKind.STOPPED,
        run.attempts() == 0
            ? "A user stopped it before it began; nothing was started on the site."
            : ("A user stopped it after step %s. What it has begun stays on the site: its record,"
                    + " and the files so far.")
                .formatted(run.backup().steps()));
  }
}
