package io.github.camelakeeba.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.SharedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Two nodes of adjacent versions work on one store while they are replaced one by one. The later
 * version is this one with a migration more, which adds to the tables and changes nothing in them,
 * as those between adjacent versions do.
 */
@DisabledOnOs(OS.WINDOWS)
@Tag("process")
@Tag("fault")
class NodesOfTwoVersionsTest {
  private static final String ADDITIVE =
      """
      alter table run add column of_the_later_version varchar(20) not null default 'none';
      alter table standing add column of_the_later_version integer not null default 0;
      alter table outbox add column of_the_later_version varchar(20);
      create table of_the_later_version (id bigint primary key);
      create index run_of_the_later_version on run (of_the_later_version, site);
      """;

  /** From here on a step whose fate is unknown is exact to repeat. */
  private static final int PACKING = 13;

  @TempDir Path folder;

  private final SimulatedServer server = SimulatedServer.start();
  private final Map<String, SimulatedSite> sites = new HashMap<>();
  private Path later;
  private Node older;
  private Node newer;
  private JdbcTemplate jdbc;

  @BeforeEach
  void configure() throws Exception {
    later = folder.resolve("later");
    Path migrations = Files.createDirectories(later.resolve("camel-akeeba-backup/migration"));
    Files.writeString(migrations.resolve("V9000__of_the_later_version.sql"), ADDITIVE);
    String url = SharedPostgres.newDatabase();
    jdbc = new JdbcTemplate(new DriverManagerDataSource(url, "postgres", ""));
    StringBuilder yaml = new StringBuilder("sites:\n");
    for (String name : List.of("during", "one", "two", "of-older", "of-newer")) {
      SimulatedSite site = server.wordpress(name).secret(RunningProduct.SECRET);
      sites.put(name, site.steps(25).stepTime(Duration.ofMillis(150)));
      yaml.append(
          "  %s: {url: \"%s\", secret: %s, host: %s}\n"
              .formatted(name, site.url(), RunningProduct.SECRET, name));
    }
    older = new Node(folder.resolve("a"));
    newer = new Node(folder.resolve("b"));
    for (Node node : List.of(older, newer)) {
      node.configure(yaml.toString(), url);
    }
  }

  @AfterEach
  void stop() {
    older.close();
    newer.close();
    server.close();
  }

  @Test
  void runs_go_on_while_the_newer_migrates_and_are_taken_over_both_ways() throws Exception {
    older.start();
    older.serving();
    String during = older.request("during");
    steppedAt("during");

    newer.start(later);
    newer.serving();
    assertThat(
            jdbc.queryForObject(
                "select count(*) from schema_history where version = '9000' and success",
                Integer.class))
        .as("the newer one has migrated beside the older one")
        .isEqualTo(1);
    completed("during", during);
    completed("one", older.request("one"));
    completed("two", newer.request("two"));
    String logs = older.log() + newer.log();
    stopped(newer);

    String ofOlder = older.request("of-older");
    steppedAt("of-older");
    assertThat(owner(ofOlder)).isEqualTo(older.id());
    packing("of-older");
    older.process().kill();
    logs += older.log();
    newer.start(later);
    newer.serving();
    completed("of-older", ofOlder);

    String ofNewer = newer.request("of-newer");
    steppedAt("of-newer");
    assertThat(owner(ofNewer)).isEqualTo(newer.id());
    packing("of-newer");
    newer.process().kill();
    logs += newer.log();
    older.start(); // the earlier version again, on the store of the later one
    older.serving();
    completed("of-newer", ofNewer);
    stopped(older);

    assertThat((logs + older.log()).lines().filter(line -> line.contains(" ERROR "))).isEmpty();
  }

  private static void stopped(Node node) throws Exception {
    node.process().terminate();
    assertThat(node.process().code(RunningProduct.PATIENCE.toSeconds())).as(node.log()).isZero();
  }

  private void steppedAt(String site) {
    steps(site, 1);
  }

  private void packing(String site) {
    steps(site, PACKING);
  }

  private void steps(String site, int more) {
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> sites.get(site).requests("stepBackup").size() > more);
  }

  private String owner(String run) {
    return jdbc.queryForObject("select owner from run where id = ?", String.class, run);
  }

  /** One backup, begun once, that ended well. */
  private void completed(String site, String run) {
    List<String> found =
        await()
            .atMost(RunningProduct.PATIENCE)
            .until(
                () ->
                    jdbc.queryForList(
                        "select outcome from run where id = ? and outcome is not null",
                        String.class,
                        run),
                list -> !list.isEmpty());
    Event outcome = new EventJson().read(found.get(0));
    assertThat(outcome.data().state()).as(found.get(0)).isEqualTo("completed");
    assertThat(sites.get(site).requests("startBackup")).hasSize(1);
    assertThat(sites.get(site).records()).hasSize(1);
    assertThat(sites.get(site).violations()).isEmpty();
  }
}
