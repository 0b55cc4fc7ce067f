package io.github.camelakeeba.cluster;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.util.FileUtil;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A PostgreSQL, two nodes that were started at the same instant on its empty database, and
 * simulated sites; one for all tests of this package. A test that leaves a node dead is made up for
 * before the next class.
 */
final class Cluster implements AutoCloseable {
  private final Path folder = Files.createTempDirectory("cluster");
  private final EmbeddedPostgres postgres = EmbeddedPostgres.start();
  private final SimulatedServer server = SimulatedServer.start();
  private final GreenMail smtp =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final WebhookRecorder hooks = new WebhookRecorder();
  private final StringBuilder yaml = new StringBuilder("sites:\n");
  private final Map<String, SimulatedSite> sites = new HashMap<>();
  private final Node[] nodes = {new Node(folder.resolve("a")), new Node(folder.resolve("b"))};
  private final List<String> begun;
  private final Database database;

  private Cluster() throws IOException {
    smtp.start();
    site("tick", "host: tick", "schedule: \"0/2 * * * * ?\"").steps(1);
    site("told", "host: told").steps(1);
    site("same", "host: same", "schedule: \"0 0 3 1 1 ?\"").steps(1);
    for (int i = 1; i <= 4; i++) {
      site("limit-" + i, "host: web7").steps(3).stepTime(Duration.ofMillis(60));
    }
    List<String> mailed = IntStream.rangeClosed(1, 12).mapToObj(i -> "long-" + i).toList();
    for (String name : mailed) {
      site(name, "host: " + name).steps(25).stepTime(Duration.ofMillis(250));
    }
    site("forgotten", "host: forgotten", "overdueAfter: 3s");
    yaml.append(
        """
        limits: {perHost: 2}
        channels:
          ops: {type: mail, smtp: "smtp://127.0.0.1:%d", from: b@example.com, to: o@example.com}
          hook: {type: webhook, url: "%s"}
          held: {type: webhook, url: "%s"}
        notify:
          - {on: [completed, warning, failed], sites: %s, to: ops}
          - {on: completed, sites: told, to: hook}
          - {on: missed, sites: forgotten, to: hook, remind: 4s}
        """
            .formatted(
                smtp.getSmtp().getPort(), hooks.address("/hook"), hooks.address("/held"), mailed));
    for (Node node : nodes) {
      node.configure(yaml.toString(), postgres.getJdbcUrl("postgres", "postgres"));
      node.start();
    }
    for (Node node : nodes) {
      node.serving();
    }
    begun = Arrays.stream(nodes).map(Node::log).toList();
    database = openStore();
  }

  /** Gives the cluster of all classes to a test class. */
  static final class Shared implements BeforeAllCallback {
    private Cluster cluster;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
      cluster =
          context
              .getRoot()
              .getStore(Namespace.create(Cluster.class))
              .getOrComputeIfAbsent(Cluster.class, key -> make(), Cluster.class);
      cluster.revive();
    }

    private static Cluster make() {
      try {
        return new Cluster();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    Cluster get() {
      return cluster;
    }
  }

  /** A WordPress site: it hands out no cookies, so that a second node is no second session. */
  private SimulatedSite site(String name, String... lines) {
    SimulatedSite site = server.wordpress(name).secret(RunningProduct.SECRET);
    yaml.append("  ").append(name).append(":\n    url: ").append(site.url()).append('\n');
    yaml.append("    secret: ").append(RunningProduct.SECRET).append('\n');
    Arrays.stream(lines).forEach(line -> yaml.append("    ").append(line).append('\n'));
    sites.put(name, site);
    return site;
  }

  /** Starts what is dead, and waits until both nodes serve. */
  void revive() throws IOException {
    for (Node node : nodes) {
      if (!node.alive()) {
        node.start();
      }
    }
    for (Node node : nodes) {
      node.serving();
    }
  }

  List<Node> nodes() {
    return List.of(nodes);
  }

  Node node(int number) {
    return nodes[number];
  }

  /** What each node had logged when both served for the first time. */
  List<String> begun() {
    return begun;
  }

  /** The node with this id in the store. */
  Node node(String id) {
    return nodes().stream().filter(node -> node.id().equals(id)).findFirst().orElseThrow();
  }

  Node other(Node node) {
    return nodes[0] == node ? nodes[1] : nodes[0];
  }

  SimulatedSite site(String name) {
    return sites.get(name);
  }

  WebhookRecorder hooks() {
    return hooks;
  }

  /** The store, opened as a node opens it. */
  Database openStore() {
    return Database.open(postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 2);
  }

  JdbcTemplate jdbc() {
    return new JdbcTemplate(database.dataSource());
  }

  /** The node that works on a run; null: none does. */
  String owner(String run) {
    return jdbc().queryForObject("select owner from run where id = ?", String.class, run);
  }

  /** Waits for the outcome of a run. */
  Event outcome(String run) {
    String sql = "select outcome from run where id = ? and outcome is not null";
    List<String> found =
        await()
            .atMost(RunningProduct.PATIENCE)
            .until(() -> jdbc().queryForList(sql, String.class, run), list -> !list.isEmpty());
    return new EventJson().read(found.get(0));
  }

  /** Puts an event on its way to a channel: a copy of one of the site told, with an id. */
  void tell(String channel, String id) {
    jdbc()
        .update(
            """
            insert into outbox (event_id, channel, event, created_at, due_at)
            select ?, ?, replace(event, event_id, ?), current_timestamp, current_timestamp
            from outbox where event_id like 'told-%' order by id limit 1
            """,
            id, channel, id);
  }

  /** How many messages of the channel are on their way. */
  int open(String channel) {
    return jdbc()
        .queryForObject(
            "select count(*) from outbox where channel = ? and delivered_at is null",
            Integer.class,
            channel);
  }

  /** How many mails tell of the run. */
  long mails(String run) {
    return Arrays.stream(smtp.getReceivedMessages())
        .filter(mail -> GreenMailUtil.getWholeMessage(mail).contains(run))
        .count();
  }

  @Override
  public void close() throws IOException {
    for (Node node : nodes) {
      node.close();
    }
    database.close();
    hooks.close();
    smtp.stop();
    server.close();
    postgres.close();
    FileUtil.removeDir(folder.toFile());
  }
}
