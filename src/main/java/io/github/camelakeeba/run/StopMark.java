package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
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
  private static final String MARKED =
      "select id from run where state = 'running' and stop_asked is not null";

  private final ReentrantLock looking = new ReentrantLock();
  private volatile Set<String> marked = Set.of();
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
   * The same, at most a second late: one look at the store serves all runs that wait. A store that
   * is away asks for nothing.
   */
  void heedSoon(Run run) {
    if (looking.tryLock()) {
      try {
        if (System.nanoTime() - lookedAt >= EACH_NANOS) {
          marked = Set.copyOf(jdbc.queryForList(MARKED, String.class));
          lookedAt = System.nanoTime();
        }
      } catch (DataAccessException | TransactionException e) {
        lookedAt = System.nanoTime();
      } finally {
        looking.unlock();
      }
    }
    if (marked.contains(run.id())) {
      throw new AkeebaException(ErrorKind.STOPPED, why(run).message());
    }
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
