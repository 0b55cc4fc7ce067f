package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SampleStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The requests of one fire are decided as each of them would be. */
@Tag("postgres")
class RequestBatchTest {
  private static final Instant FIRE = Instant.parse("2026-11-29T01:30:00Z");

  private final List<String> counted = new ArrayList<>();
  private Database database;
  private RequestRepository requests;

  private void open(Database opened) {
    database = opened;
    RunListener listener =
        new RunListener() {
          @Override
          public void accepted(String trigger, boolean made) {
            counted.add(trigger + " " + made);
          }
        };
    requests =
        new RequestRepository(
            database,
            site -> site + ".example",
            "node",
            listener,
            Clock.fixed(FIRE.plusSeconds(1), ZoneOffset.UTC));
  }

  private void openInMemory() {
    open(new SampleStore().open("h2", 4));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static BackupRequest request(String site, String trigger, String description) {
    return new BackupRequest(
        trigger.equals("schedule") ? site + "@" + FIRE : null,
        site,
        trigger,
        1,
        description,
        "",
        Map.of("akeeba.basic.archiver_engine", "zip", "a", "b"),
        IfBusy.JOIN,
        FIRE,
        null,
        null);
  }

  private static BackupRequest scheduled(String site) {
    return request(site, "schedule", "nightly");
  }

  private Map<String, Object> row(String run) {
    Map<String, Object> row = database.jdbc().queryForMap("select * from run where id = ?", run);
    row.keySet().removeAll(List.of("id", "request_id", "site", "host"));
    return row;
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  @Tag("postgres")
  void rows_are_those_of_requests_that_come_alone(String store) throws Exception {
    open(new SampleStore().open(store, 4));
    Run alone = requests.accept(scheduled("alone"));
    Run waiting = requests.accept(request("joins", "api", "asked for"));
    // a clock that went ahead had made the run of this time, and the time was taken from it
    requests.accept(scheduled("ahead"));
    database.jdbc().update("delete from request where run = ?", "ahead@" + FIRE);
    database
        .jdbc()
        .update("update run set request_id = null, state = 'completed' where site = 'ahead'");
    counted.clear();

    List<Run> runs =
        requests.acceptAll(
            List.of(scheduled("one"), scheduled("alone"), scheduled("joins"), scheduled("ahead")));

    assertThat(runs).extracting(Run::site).containsExactly("ahead", "alone", "joins", "one");
    assertThat(runs)
        .extracting(Run::id)
        .endsWith(alone.id(), waiting.id(), "one@" + FIRE)
        .first()
        .asString()
        .matches("ahead-[0-9a-f-]{36}");
    assertThat(row("one@" + FIRE)).isEqualTo(row("alone@" + FIRE));
    assertThat(runs.get(3).request().id()).isEqualTo("one@" + FIRE);
    assertThat(
            database.jdbc().queryForList("select host from run where site = 'one'", String.class))
        .containsExactly("one.example");
    assertThat(database.jdbc().queryForList("select id || ' ' || run from request", String.class))
        .contains(
            "one@" + FIRE + " one@" + FIRE,
            "joins@" + FIRE + " " + waiting.id(),
            "ahead@" + FIRE + " " + runs.get(0).id());
    assertThat(counted)
        .containsExactly("schedule true", "schedule false", "schedule false", "schedule true");

    assertThat(requests.acceptAll(List.of(scheduled("joins"), scheduled("one"))))
        .extracting(Run::id)
        .containsExactly(waiting.id(), "one@" + FIRE);
    assertThat(database.count("run")).isEqualTo(5);
  }

  private static BackupRequest asked(String site, String id, IfBusy ifBusy) {
    return new BackupRequest(id, site, "api", 1, "", "", Map.of(), ifBusy, FIRE, "ops", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  @Tag("postgres")
  void of_requests_for_many_sites_each_has_a_run_or_is_busy_or_refused(String store)
      throws Exception {
    open(new SampleStore().open(store, 4));
    Run running = requests.accept(asked("running", null, IfBusy.REFUSE));
    database.jdbc().update("update run set state = 'running', active_site = site");
    Run waiting = requests.accept(asked("waiting", null, IfBusy.REFUSE));
    Run known = requests.accept(asked("known", "d/known", IfBusy.REFUSE));
    requests.accept(asked("thief", "d/other", IfBusy.REFUSE));
    counted.clear();

    RequestRepository.BulkAcceptance each =
        requests.acceptEach(
            List.of(
                asked("new", "d/new", IfBusy.REFUSE),
                asked("nameless", null, IfBusy.REFUSE),
                asked("running", "d/running", IfBusy.REFUSE),
                asked("waiting", null, IfBusy.REFUSE),
                asked("known", "d/known", IfBusy.REFUSE),
                asked("other", "d/other", IfBusy.REFUSE)));

    assertThat(each.runs()).extracting(Run::site).containsExactly("known", "nameless", "new");
    assertThat(each.runs().get(0).id()).isEqualTo(known.id());
    assertThat(each.runs().get(2).request().requestedBy()).isEqualTo("ops");
    assertThat(each.busy().get("running").id()).isEqualTo(running.id());
    assertThat(each.busy().get("waiting").id()).isEqualTo(waiting.id());
    assertThat(each.busy()).hasSize(2);
    assertThat(each.refused())
        .containsExactly(Map.entry("other", "the id d/other was given to another request"));
    assertThat(counted).containsExactly("api false", "api true", "api true");
    // what did not become a run has left nothing, so that the id may come again
    assertThat(database.count("request where id = 'd/running'")).isZero();
    assertThat(requests.acceptEach(List.of(asked("waiting", null, IfBusy.QUEUE))).runs())
        .extracting(Run::id)
        .doesNotContain(waiting.id());
  }

  @Test
  @Tag("fault")
  void of_requests_for_many_sites_one_that_the_store_does_not_take_is_named() {
    openInMemory();
    BackupRequest tooLong =
        new BackupRequest(
            null,
            "long",
            "api",
            1,
            "x".repeat(5_000),
            "",
            Map.of(),
            IfBusy.REFUSE,
            FIRE,
            "ops",
            null);

    RequestRepository.BulkAcceptance each =
        requests.acceptEach(
            List.of(asked("one", null, IfBusy.REFUSE), tooLong, asked("two", null, IfBusy.REFUSE)));

    assertThat(each.runs()).extracting(Run::site).containsExactly("one", "two");
    assertThat(each.refused()).containsOnlyKeys("long");
  }

  @Test
  void all_rows_are_written_or_none() {
    openInMemory();

    assertThatThrownBy(
            () ->
                database.together(
                    () -> {
                      requests.acceptAll(List.of(scheduled("one"), scheduled("two")));
                      throw new IllegalStateException("the process dies");
                    }))
        .hasMessage("the process dies");

    assertThat(database.count("run")).isZero();
    assertThat(database.count("request")).isZero();
  }

  @Test
  @Tag("fault")
  void one_that_the_store_does_not_take_keeps_no_other_from_being_written() {
    openInMemory();
    BackupRequest tooLong = request("long", "schedule", "x".repeat(5_000));

    List<Run> runs = requests.acceptAll(List.of(scheduled("one"), tooLong, scheduled("two")));

    assertThat(runs).extracting(Run::site).containsExactly("one", "two");
    assertThat(database.count("run")).isEqualTo(2);
  }

  @Test
  void no_request_is_no_transaction() {
    openInMemory();

    assertThat(requests.acceptAll(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  @Tag("postgres")
  void an_id_that_another_site_takes_at_the_same_instant_makes_one_run(String store)
      throws Exception {
    open(new SampleStore().open(store, 4));
    CompletableFuture<Run> second =
        database
            .transaction()
            .execute(
                status -> {
                  requests.accept(asked("one", "deploy-7", IfBusy.QUEUE)); // not committed yet
                  return CompletableFuture.supplyAsync(
                      () -> requests.accept(asked("two", "deploy-7", IfBusy.QUEUE)));
                });
    assertThatThrownBy(second::join).hasMessageContaining("another site already");
    assertThat(database.jdbc().queryForList("select site from run", String.class))
        .containsExactly("one");
  }
}
