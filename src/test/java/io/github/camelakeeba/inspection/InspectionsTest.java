package io.github.camelakeeba.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.pause.PauseRequests;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.store.RequestRepository;
import io.github.camelakeeba.run.store.SiteHealthStore;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which sites are inspected when, of a fleet. */
class InspectionsTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path folder;

  private final Database database = CopiedStore.memory("inspections-" + UUID.randomUUID(), 4);
  private Configuration configuration;

  @AfterEach
  void close() {
    database.close();
  }

  private Inspections fleet(int sites, String line) throws IOException {
    StringBuilder yaml = new StringBuilder("limits: {perHost: 2}\nsites:\n");
    for (int i = 0; i < sites; i++) {
      yaml.append("  shop-%1$s:%n    url: https://shop-%1$s.example.com/%n".formatted(i));
      yaml.append("    secret: sample-secret\n    ").append(line).append('\n');
    }
    Path file = Files.writeString(folder.resolve("sites.yaml"), yaml);
    configuration = new SitesLoader().load(file, UnaryOperator.identity());
    new SiteHealthStore(database).setWatched(configuration.sites().keySet(), NOW);
    Inspections inspections = inspections();
    inspections.start();
    return inspections;
  }

  private Inspections inspections() {
    return new Inspections(configuration, database, null, null, Timings.SHIPPED, CLOCK);
  }

  private Map<Long, Integer> dueByMinute() {
    Map<Long, Integer> minutes = new TreeMap<>();
    database
        .jdbc()
        .query(
            "select due_at from site_inspection",
            row -> {
              Instant due = SqlTime.instant(row, "due_at");
              minutes.merge(Duration.between(NOW, due).toMinutes(), 1, Integer::sum);
            });
    return minutes;
  }

  private void makeAllDue() {
    database.jdbc().update("update site_inspection set due_at = ?", SqlTime.of(NOW));
  }

  private static List<String> names(List<Inspection> inspections) {
    return inspections.stream().map(Inspection::siteName).toList();
  }

  @Test
  void a_thousand_watched_sites_are_asked_evenly_over_the_hour() throws IOException {
    Inspections inspections = fleet(1000, "watch: true");
    assertThat(dueByMinute().keySet()).as("the first time").allMatch(minute -> minute < 17);
    assertThat(dueByMinute().values()).allMatch(sites -> sites < 100);

    for (String site : configuration.sites().keySet()) {
      inspections.close(inspection(site));
    }

    assertThat(dueByMinute().keySet()).allMatch(minute -> minute >= 30 && minute < 90);
    assertThat(dueByMinute()).hasSizeGreaterThan(55);
    assertThat(dueByMinute().values()).allMatch(sites -> sites < 40); // 17 on average
  }

  private Inspection inspection(String site) {
    return Inspection.of(site, site, true, new SiteHealthStore(database).find(site), null);
  }

  @Test
  void each_other_site_once_a_day_and_not_at_the_start() throws IOException {
    fleet(1000, "profile: 1");

    assertThat(dueByMinute().keySet()).allMatch(minute -> minute >= 720 && minute < 2160);
    assertThat(dueByMinute().values()).allMatch(sites -> sites < 10);
  }

  @Test
  void a_few_at_once_and_the_longest_due_first() throws IOException {
    Inspections inspections = fleet(30, "watch: true");
    makeAllDue();
    database
        .jdbc()
        .update(
            "update site_inspection set due_at = ? where site = 'shop-29'",
            SqlTime.of(NOW.minusSeconds(60)));

    List<String> claimed = names(inspections.claimDue());

    assertThat(claimed).hasSize(8).startsWith("shop-29");
  }

  @Test
  void two_nodes_never_inspect_the_same_site_at_once() throws IOException {
    Inspections inspections = fleet(20, "watch: true");
    Inspections other = inspections();
    makeAllDue();

    List<String> all = new ArrayList<>(names(inspections.claimDue()));
    all.addAll(names(other.claimDue()));

    assertThat(all).hasSize(16).doesNotHaveDuplicates();
  }

  @Test
  void a_site_is_claimed_by_one_of_two_that_have_seen_it_due() throws IOException {
    fleet(1, "watch: true");
    makeAllDue();
    InspectionStore store = new InspectionStore(database);

    assertThat(store.claim("shop-0", NOW, Duration.ofMinutes(6))).isTrue();
    assertThat(store.claim("shop-0", NOW, Duration.ofMinutes(6))).isFalse();
    assertThat(store.claim("shop-0", NOW.plusSeconds(361), Duration.ofMinutes(6)))
        .as("its node has died")
        .isTrue();
  }

  @Test
  void a_host_gets_no_more_at_once_than_its_limit() throws IOException {
    Inspections inspections = fleet(10, "host: web7");
    makeAllDue();

    assertThat(inspections.claimDue()).hasSize(2);
    assertThat(inspections.claimDue()).isEmpty();
  }

  @Test
  void no_site_is_inspected_while_it_is_paused_or_has_a_run() throws IOException {
    Inspections inspections = fleet(3, "watch: true");
    makeAllDue();
    new PauseRequests(configuration.sites(), new SitePauses(database, CLOCK), CLOCK)
        .pause("shop-0", "2026-12-01", "server move", "api");
    new RequestRepository(database, site -> site, "me", RunListener.NONE, CLOCK)
        .accept(
            new BackupRequest(
                null, "shop-1", "api", 1, "", "", Map.of(), IfBusy.REFUSE, NOW, null, null));

    assertThat(names(inspections.claimDue())).containsExactly("shop-2");
    assertThat(dueByMinute().keySet())
        .as("the paused one is put off")
        .anyMatch(minute -> minute >= 30);
  }

  @Test
  void a_site_that_is_taken_out_or_switched_off_is_inspected_no_more() throws IOException {
    fleet(3, "watch: true");
    fleet(2, "enabled: false");

    assertThat(database.count("site_inspection")).isZero();
  }

  @Test
  void a_site_that_is_watched_from_now_on_is_inspected_soon() throws IOException {
    fleet(2, "profile: 1");
    fleet(2, "watch: true");

    assertThat(dueByMinute().keySet()).containsExactly(0L);
  }

  @Test
  void what_is_due_does_not_change_with_a_restart() throws IOException {
    fleet(50, "watch: true");
    Set<Instant> before = due();

    fleet(50, "watch: true");

    assertThat(due()).isEqualTo(before);
  }

  private Set<Instant> due() {
    return new HashSet<>(
        database
            .jdbc()
            .query(
                "select due_at from site_inspection", (row, n) -> SqlTime.instant(row, "due_at")));
  }
}
