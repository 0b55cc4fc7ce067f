package io.github.camelakeeba.run.store;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.store.Database;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Says that this node is alive, and removes nodes that give no sign of life any more. It waits for
 * nothing else that this process does, so it ends only with the process or with the store.
 */
public final class NodeHeartbeat {
  private static final Logger LOG = LoggerFactory.getLogger(NodeHeartbeat.class);

  private final Database database;
  private final JdbcTemplate jdbc;
  private final String node;
  private final HeartbeatTimeout others;
  private final Supplier<String> fingerprint;
  private volatile Map<String, String> differing = Map.of();
  private final String lifetime; // SQL: how long a node is alive without another heartbeat

  /** The node's id is new at each start of a process; others are timed by a clock without jumps. */
  public NodeHeartbeat(Database database, String node, Timings timings, LongSupplier nanoTime) {
    this(database, node, () -> null, timings, nanoTime);
  }

  /** The supplier gives the fingerprint of the configuration that this node runs with. */
  public NodeHeartbeat(
      Database database,
      String node,
      Supplier<String> fingerprint,
      Timings timings,
      LongSupplier nanoTime) {
    this.fingerprint = fingerprint;
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
    String own = fingerprint.get();
    if (jdbc.update(
            "update node set configuration = ?, alive_until = " + until + " where id = ?",
            own,
            node)
        == 0) {
      jdbc.update(
          "insert into node (id, configuration, alive_until) values (?, ?, " + until + ")",
          node,
          own);
    }
    database.availability().heartbeat();
    List<Map<String, Object>> rows =
        jdbc.queryForList("select id, alive_until, configuration from node where id <> ?", node);
    compare(own, rows);
    rows.stream()
        .filter(other -> others.expired((String) other.get("id"), other.get("alive_until")))
        .forEach(
            other ->
                jdbc.update(
                    "delete from node where id = ? and alive_until = ?",
                    other.get("id"),
                    other.get("alive_until")));
  }

  private void compare(String own, List<Map<String, Object>> rows) {
    Map<String, String> found = new TreeMap<>();
    for (Map<String, Object> other : rows) {
      String configuration = (String) other.get("configuration");
      if (own != null && configuration != null && !own.equals(configuration)) {
        found.put((String) other.get("id"), configuration);
      }
    }
    if (!found.keySet().equals(differing.keySet())) {
      if (found.isEmpty()) {
        LOG.info("all nodes of this store run with the same configuration again");
      } else {
        LOG.warn(
            "this node runs with the configuration {}, others of this store with another: {}; reload"
                + " those whose files are newer than what they run with",
            own,
            found);
      }
    }
    differing = Map.copyOf(found);
  }

  /**
   * The living nodes that run with another configuration than this one, with its fingerprint, as
   * known at the last heartbeat.
   */
  public Map<String, String> differingNodes() {
    return differing;
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
