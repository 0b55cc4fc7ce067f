package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SampleStore;
import io.github.camelakeeba.time.SteadyClock;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes on one database claim batch by batch; one of them is held up at any point of it. */
@Tag("postgres")
@Tag("fault")
class ClaimInBatchesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Each claim looks for lost runs. */
  private static final Timings TIMINGS = Timings.SHIPPED.with(Map.of("heartbeatInterval", 1L));

  private final AtomicLong nanoTime = new AtomicLong();
  private Database database;

  private void open(String store) throws Exception {
    database = new SampleStore().open(store, 4);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** A node with its heartbeat and its claims, up to so many runs at once. */
  private final class Node {
    private final NodeHeartbeat heartbeat;
    private final ActiveRuns active = new ActiveRuns();
    private final Deque<Run> running = new ArrayDeque<>();
    private final RunClaimer claimer;

    Node(String id, int concurrent, int perHost, Clock clock) {
      heartbeat = new NodeHeartbeat(database, id, TIMINGS, nanoTime::get);
      heartbeat.beat();
      RunRepository store = new RunRepository(database, new SteadyClock(Clock.systemUTC()));
      claimer =
          new RunClaimer(
              database,
              () -> new Limits(concurrent, perHost, Duration.ZERO),
              id,
              ClaimPolicy.ALL,
              new RunGuard(store, new StopRequests(database), clock),
              active,
              RunListener.NONE,
              TIMINGS,
              clock);
    }

    List<String> claimAll() {
      List<String> all = new ArrayList<>();
      List<Run> batch;
      do {
        batch = claimer.claimBatch();
        batch.forEach(run -> all.add(run.id()));
      } while (!batch.isEmpty());
      return all;
    }

    void end(Run run) {
      database
          .jdbc()
          .update(
              "update run set state = 'completed', active_site = null where id = ? and claim = ?",
              run.id(),
              run.claim());
      active.end(run);
    }
  }

  private Node node(String id) {
    return new Node(id, 10_000, 10_000, Clock.systemUTC());
  }

  private void queue(int runs, int hosts) {
    SampleRuns.queue(database, runs, hosts);
  }

  private List<String> owners() {
    return database.jdbc().queryForList("select owner from run order by id", String.class);
  }

  private List<Long> claims() {
    return database.jdbc().queryForList("select distinct claim from run", Long.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void each_batch_is_committed_and_the_longest_due_comes_first(String store) throws Exception {
    open(store);
    queue(450, 450);
    Node node = node("a");

    List<String> claimed = new ArrayList<>();
    for (int size : List.of(200, 200, 50, 0)) {
      List<Run> batch = node.claimer.claimBatch();
      assertThat(batch).hasSize(size).allSatisfy(run -> assertThat(run.owner()).isEqualTo("a"));
      batch.forEach(run -> claimed.add(run.id()));
      assertThat(database.count("run where state = 'running'")).isEqualTo(claimed.size());
    }
    assertThat(claimed).isSorted().doesNotHaveDuplicates().hasSize(450);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void what_waits_to_continue_goes_first_and_blocked_runs_hold_up_nothing(String store)
      throws Exception {
    open(store);
    // the first 3,000 are on one host, which is full with two
    queue(3_000, 1);
    database.jdbc().update("update run set host = 'free' where id >= 'run-02990'");
    database.jdbc().update("update run set active_site = site, claim = 1 where id = 'run-02995'");
    // another run of a site that is being backed up, and two of one site
    database.jdbc().update("update run set site = 'site-2995' where id = 'run-02991'");
    database.jdbc().update("update run set site = 'site-2992' where id = 'run-02993'");
    Node node = new Node("a", 10_000, 9, Clock.systemUTC());
    database
        .jdbc()
        .update("update run set host = 'x' || id where id between 'run-00000' and 'run-00001'");

    assertThat(node.claimAll())
        .startsWith("run-02995", "run-00000", "run-00001", "run-00002")
        .endsWith(
            "run-02990",
            "run-02992",
            "run-02994",
            "run-02996",
            "run-02997",
            "run-02998",
            "run-02999")
        .hasSize(1 + 2 + 9 + 7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void no_more_than_a_thousand_stand_before_their_start(String store) throws Exception {
    open(store);
    queue(1_150, 1_150);
    Node node = node("a");
    List<Run> batch = node.claimer.claimBatch();
    assertThat(node.claimAll()).hasSize(800);

    batch.subList(0, 100).forEach(node.active::started);
    node.end(batch.get(100));

    assertThat(node.claimAll()).hasSize(101);
    batch.subList(101, 200).forEach(node.active::started);
    assertThat(node.claimAll()).hasSize(49);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void per_host_is_exact_across_two_nodes_with_batches(String store) throws Exception {
    open(store);
    queue(240, 6);
    List<Node> nodes =
        Stream.of("a", "b").map(id -> new Node(id, 40, 5, Clock.systemUTC())).toList();
    int ended = 0;
    for (int round = 1; ended < 240; round++) {
      assertThat(round).as("rounds: each has a place free").isLessThan(240);
      List<CompletableFuture<List<Run>>> batches =
          nodes.stream()
              .map(node -> CompletableFuture.supplyAsync(node.claimer::claimBatch))
              .toList();
      for (int i = 0; i < 2; i++) {
        nodes.get(i).running.addAll(batches.get(i).get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      assertThat(
              database
                  .jdbc()
                  .queryForList(
                      "select count(*) from run where state = 'running' group by host", Long.class))
          .as("runs on each host at once")
          .allSatisfy(running -> assertThat(running).isLessThanOrEqualTo(5));
      for (Node node : nodes) { // the older half, so that hosts are never empty
        int half = (node.running.size() + 1) / 2;
        for (int i = 0; i < half; i++) {
          node.end(node.running.poll());
          ended++;
        }
      }
    }
    assertThat(claims()).containsExactly(1L);
  }

  /** Another one polls each second, while this one is silent, or is not. */
  private void pass(int seconds, Node other, Runnable eachSecond) {
    for (int i = 0; i < seconds; i++) {
      nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
      eachSecond.run();
      other.heartbeat.beat();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void the_heartbeat_goes_on_during_a_long_claim(String store) throws Exception {
    open(store);
    queue(250, 250);
    HeldUp held = new HeldUp();
    Node slow = new Node("slow", 10_000, 10_000, held);
    Node other = node("other");
    CompletableFuture<List<Run>> claim = CompletableFuture.supplyAsync(slow.claimer::claimBatch);
    held.await();

    pass(20, other, slow.heartbeat::beat);
    held.release();

    assertThat(claim.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).hasSize(200);
    assertThat(other.claimAll()).hasSize(50);
    assertThat(claims()).containsExactly(1L);
    assertThat(database.jdbc().queryForList("select id from node", String.class))
        .containsExactlyInAnyOrder("slow", "other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void the_heartbeat_and_the_claim_go_on_while_runs_use_up_the_pool(String store) throws Exception {
    open(store);
    queue(3, 3);
    Node node = node("a");
    List<Connection> all = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        all.add(database.dataSource().getConnection());
      }
      node.heartbeat.beat();
      assertThat(node.claimer.claimBatch()).hasSize(3);
    } finally {
      for (Connection connection : all) {
        connection.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void a_node_that_stalls_20_s_inside_a_claim_loses_nothing_and_doubles_nothing(String store)
      throws Exception {
    open(store);
    queue(250, 250);
    HeldUp held = new HeldUp();
    Node stalled = new Node("stalled", 10_000, 10_000, held);
    Node other = node("other");
    CompletableFuture<List<Run>> claim = CompletableFuture.supplyAsync(stalled.claimer::claimBatch);
    held.await();

    pass(20, other, () -> {});
    held.release();

    assertThat(claim.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .as("it was taken for dead meanwhile")
        .isEmpty();
    assertThat(other.claimAll()).hasSize(250);
    assertThat(claims()).containsExactly(1L);
    stalled.heartbeat.beat();
    assertThat(stalled.claimer.claimBatch()).as("nothing is left, and nothing doubled").isEmpty();
    assertThat(owners()).containsOnly("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void what_a_living_node_has_claimed_is_its_own_and_that_of_a_dead_one_goes_on(String store)
      throws Exception {
    open(store);
    queue(250, 250);
    Node first = node("first");
    Node other = node("other");
    List<Run> batch = first.claimer.claimBatch(); // and it does not come to start them

    pass(20, other, first.heartbeat::beat);
    assertThat(other.claimAll()).as("those of a living node are left to it").hasSize(50);

    pass(20, other, () -> {});
    assertThat(other.claimAll()).hasSameSizeAs(batch);
    RunRepository late = new RunRepository(database, new SteadyClock(Clock.systemUTC()));
    assertThat(batch)
        .allSatisfy(
            run ->
                assertThat(late.find(run.id()).filter(run::sameClaim))
                    .as("the fence, which the start of a run asks")
                    .isEmpty());
    assertThat(owners()).containsOnly("other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql"})
  void a_run_that_somebody_is_changing_holds_up_no_claim(String store) throws Exception {
    open(store);
    queue(3, 3);
    Node node = node("a");
    try (Connection other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      other.createStatement().executeQuery("select id from run where id = 'run-00001' for update");
      assertThat(node.claimAll()).containsExactly("run-00000", "run-00002");
      other.rollback();
    }
    assertThat(node.claimAll()).containsExactly("run-00001");
  }

  /** A clock that is read last before the rows are claimed, and holds up who reads it then. */
  private static final class HeldUp extends Clock {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    void await() throws InterruptedException {
      assertThat(reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    void release() {
      released.countDown();
    }

    @Override
    public Instant instant() {
      if (StackWalker.getInstance()
          .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("claim")))) {
        reached.countDown();
        try {
          assertThat(released.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return Instant.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
