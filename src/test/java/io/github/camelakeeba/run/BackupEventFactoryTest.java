package io.github.camelakeeba.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.event.TraceParent;
import io.github.camelakeeba.secret.Secret;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupEventFactoryTest {
  @Test
  void an_event_made_again_has_the_same_id_and_time() {
    assertThat(SampleBackup.completed()).isEqualTo(SampleBackup.completed());
    assertThat(SampleBackup.completed().id()).isEqualTo("shop@2026-11-22T00:30:00Z/completed");
    assertThat(SampleBackup.completed().time()).isEqualTo(SampleBackup.END);
    assertThat(SampleBackup.started().time()).isEqualTo(SampleBackup.START);
    assertThat(SampleBackup.started().id()).isNotEqualTo(SampleBackup.completed().id());
  }

  @Test
  void the_members_follow_the_contract() {
    Event event = SampleBackup.completed();
    assertThat(event.specversion()).isEqualTo("1.0");
    assertThat(event.source())
        .isEqualTo("urn:camel-akeeba-backup:6f9e7c0a-3b1d-4e8f-9a52-1c7d0e5b8f34/sites/shop");
    assertThat(event.type()).isEqualTo("io.github.camelakeeba.backup.completed.v1");
    assertThat(event.subject()).isEqualTo("shop@2026-11-22T00:30:00Z");
    assertThat(event.data().durationMs()).isEqualTo(3200);
    assertThat(event.data().recordId()).isEqualTo(4);
    assertThat(event.data().error()).isNull();
    assertThat(event.data().node()).isEqualTo("web7");
  }

  @Test
  void the_address_is_shown_without_its_query() {
    assertThat(SampleBackup.completed().data().url())
        .isEqualTo("https://shop.example.com:8443/index.php");
  }

  @Test
  void a_site_that_is_not_configured_any_more_still_has_an_event() {
    Event event =
        new BackupEventFactory(
                Map.of(), "web7", EventSource.of("urn:example:backup"), true, Clock.systemUTC())
            .of(
                SampleBackup.run(RunState.COMPLETED, RunWarnings.NONE, null),
                "completed",
                List.of(),
                null);
    assertThat(event.data().url()).isNull();
  }

  @Test
  void where_traces_are_kept_an_event_names_the_span_of_its_run() {
    Run run = SampleBackup.run(RunState.COMPLETED, RunWarnings.NONE, null);
    BackupEventFactory traced =
        new BackupEventFactory(
            Map.of(), "web7", EventSource.of("urn:example:backup"), true, Clock.systemUTC());
    TraceParent parent = TraceParent.of(run.id(), run.queuedAt());
    String json = new EventJson().write(traced.of(run, "completed", List.of(), null));
    assertThat(json)
        .contains(
            "\"traceparent\":\"00-" + parent.traceId() + "-" + parent.spanId() + "-01\",\"data\"");
    assertThat(new EventJson().read(json).traceparent()).isEqualTo(parent.header());
    assertThat(TraceParent.parse(parent.header())).isEqualTo(parent);
    assertThat(TraceParent.parse("somebody's-own-header-1")).isNull();
    assertThat(new EventJson().write(SampleBackup.completed())).doesNotContain("traceparent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backup",
        "/sites",
        "https://user:word@example.com",
        "https://e.com/?a=b",
        "https://e.com/#a",
        "https://müller.example",
        "has blanks:x"
      })
  void a_source_is_an_absolute_uri(String base) {
    assertThatThrownBy(() -> EventSource.of(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("must be an absolute URI such as");
  }

  @Test
  void an_unknown_state_is_refused() {
    assertThatThrownBy(
            () ->
                SampleBackup.event(
                    SampleBackup.run(RunState.QUEUED, RunWarnings.NONE, null), "queued"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("queued")
        .hasMessageContaining("completed");
  }

  @Test
  void server_texts_are_bounded_cleaned_and_free_of_known_secrets() {
    new Secret("hunter2-hunter2");
    String text = "a\u0000b\u202Ec\uD83D hunter2-hunter2 " + "x".repeat(5000);
    Event event =
        SampleBackup.event(
            SampleBackup.run(
                RunState.FAILED,
                RunWarnings.NONE.plus(java.util.List.of(text)),
                new RunFailure(ErrorKind.BACKUP_ERROR, text)),
            "failed");
    assertThat(event.data().error().message())
        .hasSize(1000)
        .startsWith("abc\uFFFD *** xxx")
        .endsWith("…");
    assertThat(event.data().warnings().texts().get(0)).doesNotContain("hunter2").endsWith("…");
  }
}
