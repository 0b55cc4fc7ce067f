package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.ForeignBackup;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A start before the end of our backup destroys it. Its record may say complete, and its archive
 * may look whole, or be nowhere to be looked at: the site's list tells.
 */
@Tag("fault")
class DestroyedBackupTest {
  @RegisterExtension
  static final Sites SITES = new Sites(20, "retry: {unreachable: 0, untrusted: 0}", "busyWait: 0s");

  @RegisterExtension
  static final Sites PATIENT =
      new Sites(2, "retry: {unreachable: 0, untrusted: 1}", "busyWait: 20s");

  private static final DateTimeFormatter COLUMN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Sites.Taken shop = SITES.take();
  private final SimulatedSite site = shop.site();

  @ParameterizedTest
  @CsvSource({"jpa, 1", "zip, 1", "jps, 1", "jpa, 3", "zip, 3"})
  void a_start_during_a_step_is_found_whatever_the_kind_of_the_archive(String kind, int parts) {
    site.kind(kind).parts(parts).size(200_000);
    site.fault(Fault.on("stepBackup").nth(3).inside(() -> ForeignClient.starts(site)));

    assertThat(shop.failure("restarted-on-server"))
        .contains("Another backup was started on the site before ours had ended", "record 2")
        .contains("origin json", "Do not rely on record 1");
    assertThat(site.records().get(1).path("status").asText()).isEqualTo("complete");
    assertThat(site.archiveBroken(1)).isTrue();
  }

  @Test
  void so_it_is_where_the_archive_looks_whole() {
    site.fault(Fault.on("stepBackup").nth(3).inside(() -> site.foreignBackup("backend")));

    assertThat(shop.failure("restarted-on-server")).contains("record 2, origin backend, begun 20");
    assertThat(shop.methods()).doesNotContain("download");
  }

  @Test
  void the_backup_is_taken_anew_once_the_other_one_has_ended() {
    AtomicReference<ForeignBackup> other = new AtomicReference<>();
    Sites.Taken blog = PATIENT.take();
    blog.site()
        .fault(
            Fault.on("stepBackup")
                .nth(2)
                .inside(() -> other.set(blog.site().foreignBackup("backend"))));
    blog.site()
        .fault(
            Fault.on("listBackups")
                .nth(3)
                .jsonRewrite(
                    list -> {
                      assertThat(blog.site().requests("startBackup")).hasSize(1);
                      other.get().finish();
                      return list;
                    }));

    Event outcome = blog.backup();

    assertThat(outcome.data().state()).as("%s", outcome.data().error()).isEqualTo("completed");
    assertThat(outcome.data().attempts()).isEqualTo(2);
    assertThat(outcome.data().recordId()).isEqualTo(3);
    assertThat(other.get().displaced()).isFalse();
    assertThat(blog.site().requests("listBackups")).hasSize(5);
    assertThat(blog.site().violations()).isEmpty();
  }

  @Test
  void each_attempt_counts_against_retry_untrusted() {
    Sites.Taken blog = PATIENT.take();
    for (int step : new int[] {2, 5 + 2}) {
      blog.site()
          .fault(
              Fault.on("stepBackup")
                  .nth(step)
                  .inside(() -> blog.site().foreignBackup("cli").finish()));
    }

    assertThat(blog.failure("restarted-on-server"))
        .contains("origin cli", "in each of 2 attempts")
        .doesNotContain("taken anew");
    assertThat(blog.site().requests("startBackup")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"0, false", "-60, false", "1, true", "3600, true"})
  void a_start_after_our_end_by_the_site_s_clock_does_no_harm(int seconds, boolean good) {
    site.clockSkew(Duration.ofHours(-5));
    site.fault(
        Fault.on("listBackups")
            .nth(2)
            .jsonRewrite(
                answer -> {
                  LocalDateTime end = time(answer.at("/data/0/backupend").asText());
                  newer(answer, 2, COLUMN.format(end.plusSeconds(seconds)));
                  return answer;
                }));

    if (good) {
      assertThat(shop.backup().data().state()).isEqualTo("completed");
    } else {
      assertThat(shop.failure("restarted-on-server")).contains("record 2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0000-00-00 00:00:00"})
  void one_that_was_begun_at_an_unknown_time_counts(String start) {
    site.fault(
        Fault.on("listBackups")
            .nth(2)
            .jsonRewrite(
                answer -> {
                  newer(answer, 2, start);
                  return answer;
                }));

    assertThat(shop.failure("restarted-on-server")).contains("begun at an unknown time");
  }

  @Test
  void a_phantom_disturbs_nobody_and_older_records_neither() {
    site.pastBackups(3);
    site.fault(
        Fault.on("listBackups")
            .nth(2)
            .jsonRewrite(
                answer -> {
                  newer(answer, 5, "2020-01-01 00:00:00").put("backupid", "");
                  return answer;
                }));

    assertThat(shop.backup().data().state()).isEqualTo("completed");
  }

  @Test
  void the_list_is_read_on_until_it_comes_down_to_our_record() {
    AtomicReference<JsonNode> ours = new AtomicReference<>();
    for (int page = 0; page < 3; page++) {
      int top = 140 - 50 * page;
      site.fault(
          Fault.on("listBackups")
              .nth(page + 2)
              .jsonRewrite(
                  answer -> {
                    ArrayNode list = (ArrayNode) answer.get("data");
                    ours.compareAndSet(null, list.get(0));
                    list.removeAll();
                    if (top < 50) {
                      list.add(ours.get());
                    }
                    for (int id = Math.max(2, top - 49); id <= top; id++) {
                      newer(answer, id, id == 7 ? "2020-01-01 00:00:00" : "2099-01-01 00:00:00");
                    }
                    return answer;
                  }));
    }

    assertThat(shop.failure("restarted-on-server")).contains("record 7, origin");
    assertThat(site.requests("listBackups"))
        .extracting(each -> each.param("from"))
        .containsExactly("0", "0", "50", "100");
  }

  @Test
  void no_list_is_an_empty_list() {
    site.fault(
        Fault.on("listBackups")
            .always()
            .answer(200, "application/json", "{\"status\":200,\"data\":null}"));

    assertThat(shop.backup().data().state()).isEqualTo("completed");
    assertThat(site.requests("listBackups")).hasSize(2);
  }

  @Test
  void a_site_that_does_not_tell_is_asked_again_and_nothing_is_called_good_before() {
    site.fault(Fault.on("listBackups").nth(2).times(20).html503());

    assertThat(shop.failure("unreachable")).contains("HTTP 503");
    assertThat(shop.methods()).doesNotContain("download");
  }

  private static LocalDateTime time(String column) {
    return LocalDateTime.parse(column, COLUMN);
  }

  /** Puts a newer record on top of the list. */
  private static ObjectNode newer(ObjectNode answer, int id, String start) {
    return ((ArrayNode) answer.get("data"))
        .insertObject(0)
        .put("id", String.valueOf(id))
        .put("status", "fail")
        .put("origin", "frontend")
        .put("backupid", "id-20261122-201556-8243%02d".formatted(id))
        .put("backupstart", start);
  }
}
