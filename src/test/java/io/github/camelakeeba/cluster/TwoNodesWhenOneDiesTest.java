package io.github.camelakeeba.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a node leaves behind, another one goes on with; each backup ends once. */
@DisabledOnOs(OS.WINDOWS)
@TestMethodOrder(OrderAnnotation.class) // the last one leaves a node dead, which takes no time
@Tag("cluster")
@Tag("fault")
class TwoNodesWhenOneDiesTest {
  @RegisterExtension static final Cluster.Shared SHARED = new Cluster.Shared();

  private static final Duration TAKEN_OVER = Duration.ofSeconds(30);
  private static final int STEPS = 25;

  /** From here on a step whose fate is unknown is exact to repeat. */
  private static final int PACKING = 13;

  private final Cluster cluster = SHARED.get();

  /** Runs in flight, by their sites' names, all on one node that also holds a message. */
  private record InFlight(Node node, String id, Map<String, String> runs) {}

  @Test
  @Order(1)
  void a_killed_node_s_runs_and_messages_are_taken_over_within_30_s() throws Exception {
    InFlight lost = inFlight("killed", "long-1", "long-2", "long-3");

    lost.node().process().signal("KILL");
    Instant killed = Instant.now();
    lost.node().process().code(10);
    lost.node().start(); // as a service manager would

    takenOver(lost, killed);
    endedOnce(lost);
    deliveredAgain("killed");
    lost.node().serving();
  }

  @Test
  @Order(2)
  void a_node_that_was_paused_finds_its_runs_taken_over_and_sends_nothing_more() throws Exception {
    InFlight lost = inFlight("paused", "long-4", "long-5", "long-6");
    try (Database store = cluster.openStore()) {
      lockClaims(
          store
              .dataSource()
              .getConnection()); // as the node would if it were paused in the moment of a claim
      lost.node().process().signal("STOP");
      Instant stopped = Instant.now();
      takenOver(lost, stopped);
      for (String site : lost.runs().keySet()) {
        int before = cluster.site(site).requests("stepBackup").size();
        await()
            .atMost(RunningProduct.PATIENCE)
            .until(() -> cluster.site(site).requests("stepBackup").size() > before);
      }
    } finally {
      lost.node().process().signal("CONT");
    }

    for (String run : lost.runs().values()) {
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(
              () ->
                  lost.node()
                      .log()
                      .lines()
                      .anyMatch(line -> line.contains(run) && line.contains("belongs to another")));
    }
    endedOnce(lost);
    deliveredAgain("paused");
    assertThat(lost.node().request("told")).as("it serves again").isNotEmpty();
  }

  @Test
  @Order(3)
  void a_node_that_is_stopped_hands_its_runs_over_at_once_and_leaves_the_schedules()
      throws Exception {
    Node node = cluster.node(0);
    String run = node.request("long-7");
    SimulatedSite site = cluster.site("long-7");
    await().atMost(RunningProduct.PATIENCE).until(() -> site.requests("stepBackup").size() > 2);
    Node owner = cluster.node(cluster.owner(run));

    owner.process().terminate();
    assertThat(owner.process().code(10)).isZero();
    Instant stopped = Instant.now();

    Event outcome = cluster.outcome(run);
    assertThat(outcome.data().state()).isEqualTo("completed");
    assertThat(outcome.data().recoveries()).isZero();
    assertThat(site.requests("stepBackup")).hasSize(STEPS);
    assertThat(cluster.site("long-7").violations()).isEmpty();
    await().atMost(RunningProduct.PATIENCE).until(() -> ticksSince(stopped) >= 1);
  }

  /** Runs asked for at the node that has just taken a message which its receiver keeps waiting. */
  private InFlight inFlight(String message, String... sites) throws Exception {
    cluster.revive();
    cluster.outcome(cluster.node(0).request("told"));
    cluster.tell("held", message);
    await().atMost(RunningProduct.PATIENCE).until(() -> cluster.hooks().held().contains(message));
    String id =
        cluster
            .jdbc()
            .queryForObject("select owner from outbox where event_id = ?", String.class, message);
    Node node = cluster.node(id);
    Map<String, String> runs = new LinkedHashMap<>();
    for (String site : sites) {
      runs.put(site, node.request(site));
    }
    for (String site : sites) {
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> cluster.site(site).requests("stepBackup").size() > PACKING);
    }
    // the other one may have been quicker to claim it
    runs.values().removeIf(run -> !cluster.owner(run).equals(id));
    assertThat(runs).isNotEmpty();
    return new InFlight(node, id, runs);
  }

  private void takenOver(InFlight lost, Instant since) {
    for (String run : lost.runs().values()) {
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> cluster.owner(run) != null && !cluster.owner(run).equals(lost.id()));
    }
    assertThat(Duration.between(since, Instant.now())).isLessThan(TAKEN_OVER);
  }

  private void endedOnce(InFlight lost) {
    lost.runs()
        .forEach(
            (name, run) -> {
              Event outcome = cluster.outcome(run);
              SimulatedSite site = cluster.site(name);
              assertThat(outcome.data().state()).as("%s", outcome).isEqualTo("completed");
              assertThat(outcome.data().steps()).isEqualTo(STEPS);
              assertThat(site.requests("startBackup")).as("the same backup went on").hasSize(1);
              assertThat(site.requests("stepBackup"))
                  .extracting(step -> step.param("backupid"))
                  .containsOnly(outcome.data().backupid());
              assertThat(site.archiveBroken(1)).isFalse();
              assertThat(site.violations()).isEmpty();
            });
    await().atMost(RunningProduct.PATIENCE).until(() -> cluster.open("ops") == 0);
    lost.runs().values().forEach(run -> assertThat(cluster.mails(run)).as(run).isEqualTo(1));
  }

  private void deliveredAgain(String message) {
    await().atMost(RunningProduct.PATIENCE).until(() -> cluster.open("held") == 0);
    assertThat(cluster.hooks().held().stream().filter(message::equals)).hasSize(2);
  }

  private static void lockClaims(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    connection
        .createStatement()
        .executeQuery("select * from latch where name = 'claim' for update");
  }

  private long ticksSince(Instant instant) {
    List<String> ids =
        cluster
            .jdbc()
            .queryForList(
                "select id from run where site = 'tick' and state = 'completed'", String.class);
    return ids.stream()
        .map(id -> Instant.parse(id.substring(id.indexOf('@') + 1)))
        .filter(instant::isBefore)
        .count();
  }
}
