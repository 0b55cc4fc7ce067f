package io.github.camelakeeba.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a right client never does is noticed, and nothing else. */
class ProtocolCheckerTest {
  private final SimulatedServer server = SimulatedServer.start();
  private final SimulatedSite shop = server.joomla("shop");
  private final TestClient client = new TestClient(true);

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
  }

  @Test
  void a_run_in_many_cookie_sessions_is_a_violation_and_two_runs_in_two_are_none()
      throws Exception {
    try (TestClient forgetful = new TestClient(false);
        TestClient other = new TestClient(true)) {
      client.run(shop);
      other.run(shop);
      assertThat(shop.violations()).isEmpty();
      forgetful.run(shop);
      assertThat(shop.violations()).singleElement().asString().contains("cookie session");
    }
  }

  @Test
  void a_step_after_the_end_is_a_violation_and_begins_a_phantom_on_wordpress() throws Exception {
    SimulatedSite blog = server.wordpress("blog").steps(4);
    for (SimulatedSite site : new SimulatedSite[] {shop, blog}) {
      JsonNode last = client.run(site);
      client.step(site, last);
      assertThat(site.violations()).singleElement().asString().contains("has ended");
      assertThat(site.records()).hasSize(1);
    }
    JsonNode ended = client.call(blog, "getBackupInfo", "backup_id", 1).data();
    JsonNode phantom = ended;
    for (int i = 0; i < 5; i++) {
      phantom = client.step(blog, ended).data();
    }
    assertThat(phantom.get("HasRun").asBoolean()).isFalse();
    assertThat(phantom.get("backupid").asText()).isEmpty();
    assertThat(blog.records()).hasSize(2);
  }

  @Test
  void an_unknown_or_missing_backupid_and_a_huge_body_are_violations() throws Exception {
    client.call(shop, "stepBackup", "backupid", "id-1");
    client.call(shop, "getVersion", "x", "y".repeat(70_000));
    client.call(shop, "stepBackup");
    assertThat(shop.violations()).hasSize(3);
    assertThat(shop.violations().get(0)).isEqualTo("a step with an unknown backupid: id-1");
    assertThat(shop.violations().get(1)).startsWith("a request body of");
  }

  @Test
  void killing_somebody_elses_backup_is_a_violation_and_an_abandoned_one_may_go() throws Exception {
    ForeignBackup dead = shop.foreignBackup("json").idleFor(Duration.ofDays(1)).abandoned();
    client.run(shop);
    assertThat(dead.displaced()).isTrue();
    assertThat(shop.violations()).isEmpty();
    ForeignBackup alive = shop.foreignBackup("backend");
    client.call(shop, "startBackup");
    assertThat(alive.finish().displaced()).isTrue();
    assertThat(shop.violations()).singleElement().asString().contains("somebody else's");
  }

  @Test
  void somebody_elses_start_is_not_held_against_the_client_before_its_second_step()
      throws Exception {
    JsonNode answer = client.call(shop, "startBackup").data();
    client.step(shop, answer);
    ForeignBackup foreign = shop.foreignStart("backend");
    assertThat(client.step(shop, answer).json().get("status").asInt()).isEqualTo(500);
    assertThat(shop.violations()).isEmpty();
    client.step(shop, answer);
    assertThat(shop.violations()).singleElement().asString().contains("somebody else's start");
    assertThat(foreign.displaced()).isFalse();
  }

  @Test
  void a_foreign_backup_shows_life_and_ends_well_when_it_is_left_alone() throws Exception {
    ForeignBackup foreign = shop.foreignBackup("backend").idleFor(Duration.ofMinutes(10));
    JsonNode idle = client.call(shop, "getBackupInfo", "backup_id", foreign.id()).data();
    foreign.progress();
    JsonNode moved = client.call(shop, "getBackupInfo", "backup_id", foreign.id()).data();
    assertThat(moved.get("backupend").asText()).isGreaterThan(idle.get("backupend").asText());
    assertThat(moved.get("filenames")).isNotEqualTo(idle.get("filenames"));
    foreign.finish();
    JsonNode ended = client.call(shop, "getBackupInfo", "backup_id", foreign.id()).data();
    assertThat(ended.get("status").asText()).isEqualTo("complete");
    assertThat(shop.archiveBroken(foreign.id())).isFalse();
  }
}
