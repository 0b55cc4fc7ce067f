package io.github.camelakeeba.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Channel.Healthchecks.Ping;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.notify.text.ChatText;
import io.github.camelakeeba.notify.text.MinimalMessages;
import io.github.camelakeeba.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which ping a check gets of what. */
class HealthchecksChannelTest {
  private final RecordingHttpServer server = new RecordingHttpServer();
  private ShippedRoute route;

  @AfterEach
  void stop() {
    server.close();
    route.close();
  }

  @ParameterizedTest
  @CsvSource({
    "started, /start, true",
    "completed, '', true",
    "warning, '', true",
    "failed, /fail, true",
    "missed, /fail, false",
    "recovered, '', false",
    "digest, /log, false",
    "parked, /log, false"
  })
  void each_kind_of_message_has_its_ping(String kind, String ending, boolean ofRun)
      throws Exception {
    start("/ping/uuid-of-it", Ping.SUCCESS);
    send(MinimalMessages.BY_KIND.get(kind));
    RecordingHttpServer.Request request = server.only();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri())
        .isEqualTo("/ping/uuid-of-it" + ending + (ofRun ? "?" + rid(kind) : ""));
    assertThat(request.headers().get("content-type")).isEqualTo("text/plain; charset=UTF-8");
    assertThat(request.text()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SUCCESS, ''", "FAIL, /fail", "LOG, /log"})
  void a_warning_is_what_the_channel_says(Ping warning, String ending) throws Exception {
    start("/uuid", warning);
    send(MinimalMessages.BY_KIND.get("warning"));
    assertThat(server.only().uri()).isEqualTo("/uuid" + ending + "?" + rid("warning"));
  }

  @Test
  void what_is_told_again_or_made_up_changes_no_check() throws Exception {
    start("/uuid", Ping.SUCCESS);
    send(SampleBackup.failed("disk full").asReminder(SampleBackup.END));
    send(SampleBackup.failed("disk full").asTest());
    assertThat(server.requests()).allSatisfy(r -> assertThat(r.uri()).startsWith("/uuid/log"));
  }

  @Test
  void a_query_stays_and_a_slash_at_the_end_goes() throws Exception {
    start("/key/slug/?create=1", Ping.SUCCESS);
    send(MinimalMessages.BY_KIND.get("failed"));
    assertThat(server.only().uri()).isEqualTo("/key/slug/fail?create=1&" + rid("failed"));
  }

  @Test
  void the_text_is_cut_where_the_reader_sees_it() throws Exception {
    Channel check = check("/uuid", Ping.SUCCESS);
    route =
        new ShippedRoute(
            "notify-healthchecks",
            SampleHttpChannels.beans(
                SampleBackup.channels(check),
                Duration.ofSeconds(30),
                SampleBackup.PROJECT,
                message -> new ChatText("title", "\0🚀".repeat(500_000))));
    send(SampleBackup.completed());
    assertThat(server.only().body()).hasSizeLessThanOrEqualTo(10_000).hasSizeGreaterThan(9_900);
    assertThat(server.only().text()).startsWith("title\n\n🚀").endsWith("🚀… (cut)");
  }

  /** By which the server knows how long a run took. */
  private static String rid(String kind) {
    String run = ((Event) MinimalMessages.BY_KIND.get(kind)).data().run();
    return "rid=" + UUID.nameUUIDFromBytes(run.getBytes(StandardCharsets.UTF_8));
  }

  private void send(Notification message) {
    assertThat(route.send(SampleHttpChannels.delivery(message)).getException()).isNull();
  }

  private void start(String path, Ping warning) throws Exception {
    route = SampleHttpChannels.route(check(path, warning), Duration.ofSeconds(30));
  }

  private Channel check(String path, Ping warning) {
    return new Channel.Healthchecks("to", new Secret(server.url() + path), warning);
  }
}
