package io.github.camelakeeba.run.store;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.store.Database;
import java.math.BigDecimal;
import java.util.function.LongSupplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Says that this node is alive, and removes nodes that give no sign of life any more. It waits for
 * nothing else that this process does, so it ends only with the process or with the store.
 */
public final class NodeHeartbeat {
  private final Database database;
  private final JdbcTemplate jdbc;
  private final String node;
  private final HeartbeatTimeout others;
  private final String lifetime; // SQL: how long a node is alive without another heartbeat

  /** The node's id is new at each start of a process; others are timed by a clock without jumps. */
  public NodeHeartbeat(Database database, String node, Timings timings, LongSupplier nanoTime) {
    this.database = database;
    this.jdbc = database.node().jdbc();
    this.node = node;
    this.others = new HeartbeatTimeout(timings.nodeTimeout(), nanoTime);
    this.lifetime =
        "interval '%s' second".formatted(BigDecimal.valueOf(timings.nodeTimeout().toMillis(), 3));
  }

  public String node() {
    return node;
  }

  /** The first heartbeat, which removes at once what an earlier process has left. */
  public void begin() {
    if (database.embedded()) {
      jdbc.update("delete from node"); // the file is ours alone, so every other node is gone
    } else {
      // known to be dead without a wait; a living one whose clock went wrong is back in a second
      jdbc.update("delete from node where alive_until < current_timestamp - " + lifetime);
    }
    beat();
  }

  /** Says that this node lives, and removes silent ones; by no wall clock: each may be set. */
  public void beat() {
    String until = "current_timestamp + " + lifetime;
    if (jdbc.update("update node set alive_until = " + until + " where id = ?", node) == 0) {
      jdbc.update("insert into node (id, alive_until) values (?, " + until + ")", node);
    }
    database.availability().heartbeat();
    jdbc.queryForList("select id, alive_until from node where id <> ?", node).stream()
        .filter(other -> others.expired((String) other.get("id"), other.get("alive_until")))
        .forEach(
            other ->
                jdbc.update(
                    "delete from node where id = ? and alive_until = ?",
                    other.get("id"),
                    other.get("alive_until")));
  }

  /** Says that this node is gone, so that others need not wait for its timeout. */
  public void deregister() {
    try {
      jdbc.update("delete from node where id = ?", node);
    } catch (DataAccessException e) {
      database.availability().recordFailure(e); // its time runs out then
    }
  }
}
