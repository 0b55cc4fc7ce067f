package io.github.camelakeeba.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.apache.camel.util.StringHelper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes on one database share the work, and do nothing twice. */
@Tag("cluster")
@Tag("fault")
@DisabledOnOs(OS.WINDOWS)
class TwoNodesTest {
  @RegisterExtension static final Cluster.Shared SHARED = new Cluster.Shared();

  private final Cluster cluster = SHARED.get();

  @Test
  void nodes_that_start_at_once_on_an_empty_database_both_serve_and_share_its_schedules() {
    assertThat(cluster.begun())
        .allSatisfy(
            log ->
                assertThat(log.replaceAll(" ERROR backup-report-missed: missed: ", ""))
                    .contains("serving ")
                    .doesNotContain(" ERROR "));
    assertThat(cluster.jdbc().queryForList("select trigger_name from qrtz_triggers", String.class))
        .containsExactlyInAnyOrder("0/2 * * * * ? Etc/UTC", "0 0 3 1 1 ? Etc/UTC");
    assertThat(cluster.jdbc().queryForList("select id from node", String.class))
        .containsExactlyInAnyOrder(cluster.node(0).id(), cluster.node(1).id());
  }

  @Test
  void each_fire_time_makes_one_run_and_one_node_asks_for_it() {
    Instant from = Instant.now();
    await().atMost(RunningProduct.PATIENCE).until(() -> ticks(from).size() >= 4);

    List<Instant> ticks = ticks(from);
    for (int i = 0; i < ticks.size(); i++) {
      assertThat(ticks.get(i)).isEqualTo(ticks.get(0).plusSeconds(2L * i));
      String asked = "run tick@" + ticks.get(i) + ", requested by schedule";
      String logs = cluster.node(0).log() + cluster.node(1).log();
      assertThat(StringHelper.countOccurrence(logs, asked)).as(asked).isEqualTo(1);
    }
    SimulatedSite tick = cluster.site("tick");
    assertThat(tick.requests("startBackup")).hasSameSizeAs(tick.records());
    assertThat(tick.violations()).isEmpty();
  }

  private List<Instant> ticks(Instant from) {
    return cluster
        .jdbc()
        .queryForList(
            "select id from run where site = 'tick' and state = 'completed'", String.class)
        .stream()
        .map(id -> Instant.parse(StringHelper.after(id, "@")))
        .filter(from::isBefore)
        .sorted()
        .toList();
  }

  @Test
  void the_same_request_id_at_both_nodes_at_the_same_moment_makes_one_run() throws Exception {
    List<String> runs = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      String body = "{\"site\":\"same\",\"ifBusy\":\"queue\",\"id\":\"deploy-" + i + "\"}";
      List<Node.Answer> answers = both(body);
      assertThat(answers).extracting(Node.Answer::status).allMatch(status -> status < 300);
      assertThat(answers.get(0).run()).isEqualTo(answers.get(1).run());
      runs.add(answers.get(0).run());
    }
    runs.forEach(cluster::outcome);

    SimulatedSite same = cluster.site("same");
    assertThat(runs).doesNotHaveDuplicates();
    assertThat(same.requests("startBackup")).hasSize(5);
    assertThat(Overlap.most(List.of(same))).as("runs of the site at once").isEqualTo(1);
    assertThat(same.violations()).isEmpty();
  }

  private List<Node.Answer> both(String body) throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    List<CompletableFuture<Node.Answer>> answers =
        cluster.nodes().stream()
            .map(node -> CompletableFuture.supplyAsync(() -> post(node, body, together)))
            .toList();
    return List.of(answers.get(0).get(), answers.get(1).get());
  }

  private static Node.Answer post(Node node, String body, CyclicBarrier together) {
    try {
      together.await();
      return node.post(body);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void runs_on_one_host_are_limited_over_both_nodes() throws Exception {
    List<String> names = IntStream.rangeClosed(1, 4).mapToObj(i -> "limit-" + i).toList();
    int rounds = 0;
    do { // a node whose run ends claims the next one: one node alone may take a whole round
      List<String> runs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        for (String name : names) {
          runs.add(cluster.node(runs.size() % 2).request(name));
        }
      }
      runs.forEach(cluster::outcome);
      rounds++;
    } while (owners("web7").size() < 2 && rounds < 10);
    assertThat(owners("web7")).as("both nodes took part").hasSize(2);

    int starts = 3 * rounds;
    List<SimulatedSite> sites = names.stream().map(cluster::site).toList();
    assertThat(Overlap.most(sites)).as("runs on the host at once").isEqualTo(2);
    assertThat(sites)
        .allSatisfy(
            site -> {
              assertThat(site.requests("startBackup")).hasSize(starts);
              assertThat(Overlap.most(List.of(site))).isEqualTo(1);
              assertThat(site.violations()).isEmpty();
            });
  }

  private List<String> owners(String host) {
    return cluster
        .jdbc()
        .queryForList("select distinct owner from run where host = ?", String.class, host);
  }

  @Test
  void a_run_can_be_stopped_at_either_node_and_sends_no_further_step() throws Exception {
    for (int i = 0; i < 2; i++) {
      SimulatedSite site = cluster.site("long-" + (8 + i));
      String run = cluster.node(0).request("long-" + (8 + i));
      await().atMost(RunningProduct.PATIENCE).until(() -> site.requests("stepBackup").size() > 2);

      Node.Answer answer = cluster.node(i).stop(run);
      int sent = site.requests("stepBackup").size();

      assertThat(answer.status()).isEqualTo(202);
      assertThat(cluster.outcome(run).data().error().kind()).isEqualTo("stopped");
      // one may have been on its way when the wish was written
      assertThat(site.requests("stepBackup")).hasSizeBetween(sent, sent + 1);
      assertThat(site.violations()).isEmpty();
    }
  }

  @Test
  void a_message_is_delivered_by_one_node() throws Exception {
    cluster.outcome(cluster.node(0).request("told"));
    List<String> ids = IntStream.rangeClosed(1, 60).mapToObj(i -> "told-twice-" + i).toList();
    ids.forEach(id -> cluster.tell("hook", id));

    await().atMost(RunningProduct.PATIENCE).until(() -> cluster.open("hook") == 0);
    assertThat(cluster.hooks().posted()).containsAll(ids).doesNotHaveDuplicates();
  }

  @Test
  void a_site_that_is_overdue_is_told_and_reminded_of_by_one_of_them() {
    await().atMost(RunningProduct.PATIENCE).until(() -> missed().size() >= 3);
    assertThat(missed()).doesNotHaveDuplicates();
    assertThat(missed().stream().filter(id -> !id.contains("/reminder-"))).hasSize(1);
  }

  private List<String> missed() {
    return cluster.hooks().posted().stream()
        .filter(id -> id.startsWith("forgotten/missed/"))
        .toList();
  }

  @Test
  void a_store_that_breaks_all_connections_fails_no_run() throws Exception {
    List<String> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      runs.add(cluster.node(i).request("long-" + (11 + i)));
    }
    for (int i = 11; i <= 12; i++) {
      SimulatedSite site = cluster.site("long-" + i);
      await().atMost(RunningProduct.PATIENCE).until(() -> site.requests("stepBackup").size() > 3);
    }

    cluster
        .jdbc()
        .queryForList(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where pid <> pg_backend_pid() and usename = 'postgres'"
                + " and backend_type = 'client backend'");

    for (int i = 0; i < 2; i++) {
      assertThat(cluster.outcome(runs.get(i)).data().state()).isEqualTo("completed");
      SimulatedSite site = cluster.site("long-" + (11 + i));
      assertThat(site.requests("startBackup")).hasSize(1);
      assertThat(site.violations()).isEmpty();
    }
  }
}
