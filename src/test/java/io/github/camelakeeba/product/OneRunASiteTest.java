package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.simulator.Fault;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DuplicateKeyException;

/** One running backup a site: the first promise. */
@Tag("fault")
class OneRunASiteTest {
  @RegisterExtension static final Sites SITES = new Sites(12);

  private final Sites.Taken shop = SITES.take();
  private final CountDownLatch go = new CountDownLatch(1);

  @AfterEach
  void release() {
    go.countDown();
  }

  @Test
  void a_second_request_is_refused_while_the_first_one_runs() {
    Run first = started();

    var refusal = shop.product().refusal(shop.name());
    assertThat(refusal.reason()).isEqualTo(Reason.BUSY);
    assertThat(refusal).hasMessageContaining(shop.name()).hasMessageContaining(first.id());

    go.countDown();
    assertThat(shop.product().outcome(first.id()).data().state()).isEqualTo("completed");
    assertThat(shop.site().requests("startBackup")).hasSize(1);
    assertThat(shop.site().violations()).isEmpty();
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void a_request_that_waits_in_line_runs_after_the_first_one() {
    Run first = started();
    Run second = shop.product().request(wish("\"ifBusy\":\"queue\""));
    assertThat(second.id()).isNotEqualTo(first.id());

    go.countDown();
    assertThat(shop.product().outcome(second.id()).data().state()).isEqualTo("completed");
    var firstEnd = shop.product().outcome(first.id()).data().endedAt();
    assertThat(shop.product().outcome(second.id()).data().startedAt()).isAfterOrEqualTo(firstEnd);
    assertThat(shop.site().requests("startBackup")).hasSize(2);
    assertThat(shop.site().violations()).isEmpty();
  }

  @Test
  void a_schedule_joins_a_run_that_is_still_queued_and_never_a_running_one() {
    started();
    Run queued = scheduled(1_000);
    Run joined = scheduled(2_000);
    assertThat(joined.id()).isEqualTo(queued.id());

    go.countDown();
    shop.product().outcome(queued.id());
    assertThat(rows()).isEqualTo(2);
    assertThat(shop.site().requests("startBackup")).hasSize(2);
    assertThat(shop.site().violations()).isEmpty();
  }

  @Test
  void a_schedule_does_not_join_a_run_that_makes_another_backup() {
    started();
    shop.site().profiles(1, "all", 2, "files");
    Run files = shop.product().request(wish("\"ifBusy\":\"queue\",\"profile\":2"));
    Run nightly = scheduled(2_000);
    assertThat(nightly.id()).isNotEqualTo(files.id());

    go.countDown();
    assertThat(shop.product().outcome(files.id()).data().profile()).isEqualTo(2);
    assertThat(shop.product().outcome(nightly.id()).data().profile()).isEqualTo(1);
  }

  @Test
  void an_id_that_was_given_to_another_site_is_refused() {
    Sites.Taken other = SITES.take();
    shop.product().outcome(shop.product().request(wish("\"id\":\"deploy-1.5\"")).id());
    assertThat(
            shop.product()
                .refusal("{\"site\":\"%s\",\"id\":\"deploy-1.5\"}".formatted(other.name())))
        .hasMessage("the id deploy-1.5 was given to a backup of another site already");
    assertThat(other.site().requests()).isEmpty();
  }

  @Test
  void an_id_that_would_take_a_schedule_s_place_is_refused() {
    String fire = shop.name() + "@2026-11-22T02:30:00Z";
    assertThatThrownBy(() -> shop.product().request(wish("\"id\":\"" + fire + "\"")))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage("the member 'id' looks like the id of a schedule's run: choose another one");
    assertThat(rows()).isZero();
  }

  @Test
  void an_id_that_would_take_a_message_s_place_is_refused() {
    for (String id : List.of("jms:deploys/ID:1", "kafka:deploys/t/0/7/1", "file:inbox/a/1/2")) {
      assertThatThrownBy(() -> shop.product().request(wish("\"id\":\"" + id + "\"")))
          .isInstanceOf(RunRefusedException.class)
          .hasMessage(
              "the member 'id' looks like the id of a broker's message: choose another one");
    }
    assertThat(rows()).isZero();
  }

  @Test
  void a_fire_time_that_comes_twice_makes_one_run() {
    Run run = scheduled(5_000);
    shop.product().outcome(run.id());
    assertThat(scheduled(5_000).id()).isEqualTo(run.id());
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void a_request_with_a_known_id_gives_the_run_that_it_made() {
    Run run = shop.product().request(wish("\"id\":\"deploy-1.4\""));
    shop.product().outcome(run.id());
    assertThat(shop.product().request(wish("\"id\":\"deploy-1.4\"")).id()).isEqualTo(run.id());
    assertThat(shop.site().requests("startBackup")).hasSize(1);
  }

  @Test
  void the_database_itself_forbids_two_running_runs_of_a_site() {
    started();
    Run queued = shop.product().request(wish("\"ifBusy\":\"queue\""));

    assertThatThrownBy(
            () ->
                shop.product()
                    .jdbc()
                    .update(
                        "update run set state = 'running', active_site = site where id = ?",
                        queued.id()))
        .isInstanceOf(DuplicateKeyException.class);
    go.countDown();
    shop.product().outcome(queued.id());
  }

  /** A run whose third step waits for the latch. */
  private Run started() {
    shop.site().fault(Fault.on("stepBackup").nth(3).holdAnswer(go));
    Run run = shop.product().request(shop.name());
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> shop.site().requests("stepBackup").size() == 3);
    return run;
  }

  private Run scheduled(long fireTime) {
    Service service = shop.product().service();
    BackupRequest request =
        service
            .beans()
            .reader()
            .scheduled(
                service.configuration().sites().get(shop.name()), Instant.ofEpochMilli(fireTime));
    return service
        .context()
        .createProducerTemplate()
        .requestBody("direct:backup-request", request, Run.class);
  }

  private String wish(String rest) {
    return "{\"site\":\"" + shop.name() + "\"," + rest + "}";
  }

  private int rows() {
    return shop.product()
        .jdbc()
        .queryForObject("select count(*) from run where site = ?", Integer.class, shop.name());
  }
}
