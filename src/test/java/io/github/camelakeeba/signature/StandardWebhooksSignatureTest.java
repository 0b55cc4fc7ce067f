package io.github.camelakeeba.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.signature.StandardWebhooksSignature.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of the specification's own page, and signatures that Python's hmac has made. */
class StandardWebhooksSignatureTest {
  private static final Secret SPEC = new Secret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
  private static final String ID = "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk";
  private static final long AT = 1649367553;
  private static final byte[] BODY =
      "{\"email\":\"test@example.com\",\"username\":\"test_user\"}"
          .getBytes(StandardCharsets.UTF_8);
  private static final String SIGNATURE = "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=";

  /** hmac.new("plain text key", b"m-1.1649367553.shop"). */
  private static final Secret PLAIN = new Secret("plain text key");

  private static boolean holds(long now, String id, String at, String signature, byte[] body) {
    return StandardWebhooksSignature.verify(
        List.of(SPEC), Instant.ofEpochSecond(now), new Headers(id, at, signature), body);
  }

  @Test
  void the_example_of_the_specification_comes_out_and_holds_for_five_minutes() {
    assertThat(StandardWebhooksSignature.sign(List.of(SPEC), ID, Instant.ofEpochSecond(AT), BODY))
        .isEqualTo(
            Map.of(
                "webhook-id", ID,
                "webhook-timestamp", "1649367553",
                "webhook-signature", SIGNATURE));
    for (long now : new long[] {AT - 300, AT, AT + 300}) {
      assertThat(holds(now, ID, "" + AT, SIGNATURE, BODY)).as("%s", now).isTrue();
    }
    for (long now : new long[] {AT - 301, AT + 301, 0}) {
      assertThat(holds(now, ID, "" + AT, SIGNATURE, BODY)).as("%s", now).isFalse();
    }
  }

  @Test
  void while_a_secret_is_changed_both_sign_and_either_is_believed() {
    Instant now = Instant.ofEpochSecond(AT);
    Map<String, String> sent = StandardWebhooksSignature.sign(List.of(PLAIN, SPEC), ID, now, BODY);
    assertThat(sent.get("webhook-signature")).startsWith("v1,").endsWith(" " + SIGNATURE);
    Headers headers = new Headers(ID, "" + AT, sent.get("webhook-signature"));
    for (Secret known : List.of(PLAIN, SPEC)) {
      assertThat(StandardWebhooksSignature.verify(List.of(known), now, headers, BODY)).isTrue();
    }
    Headers old = new Headers(ID, "" + AT, SIGNATURE);
    assertThat(StandardWebhooksSignature.verify(List.of(PLAIN, SPEC), now, old, BODY)).isTrue();
    assertThat(StandardWebhooksSignature.verify(List.of(PLAIN), now, old, BODY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v1,",
        "v1",
        "tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
        "v1a,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
        "v1,uZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
        "v1,???",
        "v2,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
      })
  void another_signature_proves_nothing(String given) {
    assertThat(holds(AT, ID, "" + AT, given, BODY)).isFalse();
    assertThat(holds(AT, ID, "" + AT, given + " " + SIGNATURE, BODY)).isTrue();
  }

  @Test
  void another_id_time_or_body_or_none_proves_nothing() {
    byte[] other = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(holds(AT, ID + "x", "" + AT, SIGNATURE, BODY)).isFalse();
    assertThat(holds(AT, ID, "" + (AT + 1), SIGNATURE, BODY)).isFalse();
    assertThat(holds(AT, ID, "-1", SIGNATURE, BODY)).isFalse();
    assertThat(holds(AT, ID, "99999999999999999999", SIGNATURE, BODY)).isFalse();
    assertThat(holds(AT, ID, "" + AT, SIGNATURE, other)).isFalse();
    assertThat(holds(AT, null, "" + AT, SIGNATURE, BODY)).isFalse();
    assertThat(holds(AT, "", "" + AT, SIGNATURE, BODY)).isFalse();
    assertThat(holds(AT, ID, null, SIGNATURE, BODY)).isFalse();
    assertThat(holds(AT, ID, "" + AT, null, BODY)).isFalse();
  }

  @Test
  void behind_the_prefix_of_a_secret_stands_base64() {
    assertThat(SignatureSettings.standardKey(PLAIN)).asString().isEqualTo("plain text key");
    assertThat(SignatureSettings.standardKey(SPEC)).hasSize(24);
    for (String wrong : new String[] {"whsec_", "whsec_not base64!", "whsec_a"}) {
      assertThatThrownBy(() -> SignatureSettings.standardKey(new Secret(wrong)))
          .hasMessage("begins with whsec_, but what follows is no Base64");
    }
  }
}
