package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a user has asked for stands in the run's row: it holds for every node, and after a crash.
 */
public final class StopMark {
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
