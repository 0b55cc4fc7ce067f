package io.github.camelakeeba.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.notify.channel.RecordingHttpServer;
import io.github.camelakeeba.notify.channel.SampleHttpChannels;
import io.github.camelakeeba.notify.channel.ShippedRoute;
import io.github.camelakeeba.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A receiver can tell whose a body is, with nothing but the documented recipe. */
class WebhookSignatureTest {
  // made with Python: hmac.new(key, b"%d." % t + body, "sha256").hexdigest()
  @ParameterizedTest
  @CsvSource({
    "a-signing-key, 1700000000, '{\"a\":1}', 3468581b477a842cb38a27a5e7b0597f4138a5d78ce205ed056b30764bdd65e0",
    "Größe 🚀 key, 0, '', 2f2e256d7672ab10ed28f40e1e9ea73d19af35e5cebae6d50555da2941f088bf",
    "another-signing-key, 4102444800, 'ä\n', 6e0a2855ea5c36e42483b483671caa13c2de1706969eb617cf2ff85d2c71d55d"
  })
  void known_vectors_come_out(String key, long seconds, String body, String hex) {
    assertThat(
            WebhookSignature.sign(
                List.of(new Secret(key + " ")),
                Instant.ofEpochSecond(seconds, 999_999_999),
                body.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("t=" + seconds + ",v1=" + hex);
  }

  @Test
  void the_signature_is_of_the_bytes_that_arrive_and_of_the_time_of_the_attempt() throws Exception {
    try (RecordingHttpServer server = new RecordingHttpServer();
        ShippedRoute route =
            SampleHttpChannels.route(
                SampleHttpChannels.channel("webhook", server.url()), Duration.ofSeconds(30))) {
      route.send(SampleHttpChannels.delivery(SampleBackup.warning("Größe 🚀 \"quoted\"")));
      RecordingHttpServer.Request request = server.only();
      String[] parts = request.headers().get("x-backup-signature").split("[=,]");
      assertThat(parts[0]).isEqualTo("t");
      assertThat(parts[1]).isEqualTo(String.valueOf(SampleBackup.END.getEpochSecond()));
      assertThat(parts[2]).isEqualTo("v1");
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(
          new SecretKeySpec(
              SampleHttpChannels.signingKey().reveal().getBytes(StandardCharsets.UTF_8),
              "HmacSHA256"));
      mac.update((parts[1] + ".").getBytes(StandardCharsets.UTF_8));
      assertThat(parts[3]).isEqualTo(HexFormat.of().formatHex(mac.doFinal(request.body())));
      assertThat(request.headers().get("x-api-key")).isEqualTo(SampleHttpChannels.MARK + "-header");
    }
  }

  @ParameterizedTest
  @EnumSource(SignatureSettings.Form.class)
  void the_channel_says_which_headers_sign_and_both_secrets_do_while_one_is_changed(
      SignatureSettings.Form form) throws Exception {
    Secret old = new Secret("whsec_b2xkIHNlY3JldA==");
    SignatureSettings signing = new SignatureSettings(form, SampleHttpChannels.signingKey(), old);
    try (RecordingHttpServer server = new RecordingHttpServer();
        ShippedRoute route =
            SampleHttpChannels.route(
                new Channel.Webhook("to", new Secret(server.url()), signing, Map.of(), null),
                Duration.ofSeconds(30))) {
      Notification event = SampleBackup.failed("no").asReminder(SampleBackup.END);
      route.send(SampleHttpChannels.delivery(event));
      RecordingHttpServer.Request request = server.only();
      String own = request.headers().get("x-backup-signature");
      StandardWebhooksSignature.Headers standard =
          new StandardWebhooksSignature.Headers(
              request.headers().get("webhook-id"),
              request.headers().get("webhook-timestamp"),
              request.headers().get("webhook-signature"));
      assertThat(own != null).isEqualTo(form.backup());
      assertThat(standard.complete()).isEqualTo(form.standard());
      for (Secret known : List.of(SampleHttpChannels.signingKey(), old)) {
        if (form.backup()) {
          assertThat(WebhookSignature.verify(known, SampleBackup.END, own, request.body()))
              .isTrue();
        }
        if (form.standard()) {
          assertThat(
                  StandardWebhooksSignature.verify(
                      List.of(known), SampleBackup.END, standard, request.body()))
              .isTrue();
        }
      }
      if (form.standard()) {
        // the specification has a dot between id and time, so none in the id
        assertThat(event.id()).contains(".");
        assertThat(standard.id()).isEqualTo(event.id().replace('.', '_'));
      }
    }
  }

  @Test
  void what_is_signed_has_one_name_whichever_signatures_stand_in_the_header() {
    byte[] body = {1, 2, 3};
    Secret key = new Secret("new-signing-key");
    String both =
        WebhookSignature.sign(List.of(key, new Secret("old-signing-key")), SampleBackup.END, body);
    String one = WebhookSignature.sign(List.of(key), SampleBackup.END, body);
    assertThat(WebhookSignature.label(both, body))
        .isEqualTo(WebhookSignature.label(one, body))
        .isNotEqualTo(WebhookSignature.label(one, new byte[] {1}));
    assertThat(WebhookSignature.verify(key, SampleBackup.END, one + ",v1=" + "0".repeat(64), body))
        .isTrue();
    assertThat(WebhookSignature.verify(key, SampleBackup.END, one.substring(0, 40), body))
        .isFalse();
  }

  @Test
  void without_a_secret_there_is_no_signature_and_headers_of_the_user_win() throws Exception {
    try (RecordingHttpServer server = new RecordingHttpServer()) {
      Channel channel =
          new Channel.Webhook(
              "to",
              new Secret(server.url().replace("://", "://user:word-of-it@")),
              SignatureSettings.NONE,
              Map.of(
                  "authorization", new Secret("Bearer something"),
                  "Content-Type", new Secret("application/vnd.example+json")),
              null);
      try (ShippedRoute route = SampleHttpChannels.route(channel, Duration.ofSeconds(30))) {
        route.send(SampleHttpChannels.delivery(SampleBackup.completed()));
      }
      Map<String, String> headers = server.only().headers();
      assertThat(headers).doesNotContainKeys("x-backup-signature", "webhook-signature");
      assertThat(headers.get("authorization")).isEqualTo("Bearer something");
      assertThat(headers.get("content-type")).startsWith("application/vnd.example+json");
    }
  }
}
