package io.github.camelakeeba.trigger.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures as GitHub, GitLab and our own recipe make them; none of them is made here. */
class SignatureVerifierTest {
  private static final Secret SECRET = new Secret("It's a Secret to Everybody");
  private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);

  /** From GitHub's own documentation: this secret, this body. */
  private static final String GITHUB =
      "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  /** printf '%s.%s' 1700000000 'Hello, World!' | openssl dgst -sha256 -hmac "It's a Secret…". */
  private static final String OWN =
      "t=1700000000,v1=76c83fd0acdf22faed320674fe8e04d528cfe8a17905e720a9611e40677c03b7";

  /** A trigger that asks for its secret. */
  private static final class Asked {
    private final Trigger trigger;
    private final Instant now;

    Asked(String token, String signature, long now) {
      this(
          token,
          signature,
          new SignatureSettings(SignatureSettings.Form.BACKUP, SECRET, null),
          now);
    }

    Asked(String token, String signature, SignatureSettings signing, long now) {
      this.trigger =
          new Trigger(
              "hook",
              new Secret("servlet:/hooks/of-a-proof"),
              null,
              List.of(),
              Map.of(),
              signing,
              token,
              signature,
              Trigger.ReplyMode.ACCEPTED,
              Duration.ofMinutes(5),
              true,
              null,
              true);
      this.now = Instant.ofEpochSecond(now);
    }

    boolean holds(Map<String, Object> headers, byte[] body) {
      InboundMessage message =
          new InboundMessage(
              "hook",
              "id",
              "label",
              body,
              SignatureVerifier.readCredentials(trigger, headers),
              null,
              null);
      try {
        SignatureVerifier.check(trigger, message, now);
        return true;
      } catch (RunRefusedException e) {
        assertThat(e)
            .hasMessage("the sender has not proved that it knows the trigger's secret")
            .hasNoCause();
        return false;
      }
    }
  }

  private static Asked proof(String token, String signature, long now) {
    return new Asked(token, signature, now);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Hub-Signature-256",
        "x-hub-signature-256",
        "X_Hub_Signature_256",
        "X_HYPHEN_Hub_HYPHEN_Signature_HYPHEN_256",
        "mqtt.ordered.user.property.0.X-Hub-Signature-256"
      })
  void the_bodys_hmac_proves_who_sent_it_however_a_transport_spells_its_header(String name) {
    Asked proof = proof(null, "X-Hub-Signature-256", 0);
    assertThat(proof.holds(Map.of(name, "sha256=" + GITHUB), BODY)).isTrue();
    assertThat(proof.holds(Map.of(name, GITHUB.toUpperCase(java.util.Locale.ROOT)), BODY)).isTrue();
    assertThat(proof.holds(Map.of(name, GITHUB.getBytes(StandardCharsets.UTF_8)), BODY)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256=",
        "sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1",
        "sha256=857107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17 ",
        "It's a Secret to Everybody"
      })
  void another_signature_proves_nothing(String given) {
    assertThat(
            proof(null, "X-Hub-Signature-256", 0).holds(Map.of("X-Hub-Signature-256", given), BODY))
        .isFalse();
  }

  @Test
  void a_signature_of_another_body_or_none_or_two_prove_nothing() {
    Asked proof = proof(null, "X-Hub-Signature-256", 0);
    assertThat(
            proof.holds(
                Map.of("X-Hub-Signature-256", GITHUB), "Hello".getBytes(StandardCharsets.UTF_8)))
        .isFalse();
    assertThat(proof.holds(Map.of(), BODY)).isFalse();
    assertThat(proof.holds(Map.of("X-Hub-Signature-256", 17), BODY)).isFalse();
    assertThat(
            proof.holds(Map.of("X-Hub-Signature-256", GITHUB, "x-hub-signature-256", GITHUB), BODY))
        .isFalse();
  }

  @Test
  void the_secret_itself_in_a_header_proves_it_and_nothing_near_it() {
    Asked proof = proof("X-Gitlab-Token", null, 0);
    assertThat(proof.holds(Map.of("x-gitlab-token", SECRET.reveal()), BODY)).isTrue();
    for (String wrong :
        new String[] {"", "it's a secret to everybody", SECRET.reveal() + " ", GITHUB}) {
      assertThat(proof.holds(Map.of("x-gitlab-token", wrong), BODY)).as(wrong).isFalse();
    }
    assertThat(proof.holds(Map.of("X-Hub-Signature-256", GITHUB), BODY)).isFalse();
  }

  @Test
  void our_own_signature_holds_for_five_minutes() {
    Map<String, Object> headers = Map.of("X-Backup-Signature", OWN);
    for (long now : new long[] {1_699_999_700, 1_700_000_000, 1_700_000_300}) {
      assertThat(proof(null, null, now).holds(headers, BODY)).as("at %d", now).isTrue();
    }
    for (long now : new long[] {1_699_999_699, 1_700_000_301, 0}) {
      assertThat(proof(null, null, now).holds(headers, BODY)).as("at %d", now).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t=1700000000",
        "t=1700000001,v1=76c83fd0acdf22faed320674fe8e04d528cfe8a17905e720a9611e40677c03b7",
        "v1=%OWN%",
        "t=99999999999999999999,v1=76c83fd0acdf22faed320674fe8e04d528cfe8a17905e720a9611e40677c03b7",
        "t=-1,v1=%OWN%"
      })
  void what_is_no_signature_of_ours_proves_nothing(String given) {
    assertThat(proof(null, null, 1_700_000_000).holds(Map.of("X-Backup-Signature", given), BODY))
        .isFalse();
  }

  /** hmac.new(SECRET, b"m-1.1700000000.Hello, World!", "sha256") in Base64. */
  private static final String STANDARD = "v1,jJ8d/vmLoS+3FJ8RlCHQSD4sxkVOkJIqiLTHO9u2VM8=";

  /** The same with {@code whsec_} and the Base64 of "the secret of yesterday" as the secret. */
  private static final String OLD_STANDARD = "v1,RDQm9z/gC7PqsFHAyUQecGGvxz9MGlnxvJpsDnl0K5k=";

  private static final Secret OLD = new Secret("whsec_dGhlIHNlY3JldCBvZiB5ZXN0ZXJkYXk=");

  private static Map<String, Object> standard(String signature) {
    return Map.of(
        "Webhook-Id", "m-1", "Webhook-Timestamp", "1700000000", "Webhook-Signature", signature);
  }

  private static boolean holds(SignatureSettings.Form form, Map<String, Object> headers) {
    return new Asked(null, null, new SignatureSettings(form, SECRET, OLD), 1_700_000_000)
        .holds(headers, BODY);
  }

  @Test
  void a_trigger_says_whose_signature_it_believes() {
    Map<String, Object> own = Map.of("X-Backup-Signature", OWN);
    assertThat(holds(SignatureSettings.Form.BACKUP, own)).isTrue();
    assertThat(holds(SignatureSettings.Form.BACKUP, standard(STANDARD))).isFalse();
    assertThat(holds(SignatureSettings.Form.STANDARD, own)).isFalse();
    assertThat(holds(SignatureSettings.Form.STANDARD, standard(STANDARD))).isTrue();
    assertThat(holds(SignatureSettings.Form.BOTH, own)).isTrue();
    assertThat(holds(SignatureSettings.Form.BOTH, standard(STANDARD))).isTrue();
  }

  @Test
  void while_its_secret_is_changed_the_previous_one_is_believed_too() {
    assertThat(holds(SignatureSettings.Form.STANDARD, standard(OLD_STANDARD))).isTrue();
    assertThat(holds(SignatureSettings.Form.STANDARD, standard("v1,AAAA " + OLD_STANDARD)))
        .isTrue();
    Asked own =
        new Asked(
            null,
            null,
            new SignatureSettings(
                SignatureSettings.Form.BACKUP, new Secret("another secret"), SECRET),
            1_700_000_000);
    assertThat(own.holds(Map.of("X-Backup-Signature", OWN), BODY)).isTrue();
    Asked token =
        new Asked(
            "X-Gitlab-Token",
            null,
            new SignatureSettings(
                SignatureSettings.Form.BACKUP, new Secret("another secret"), SECRET),
            0);
    assertThat(token.holds(Map.of("X-Gitlab-Token", SECRET.reveal()), BODY)).isTrue();
    assertThat(token.holds(Map.of("X-Gitlab-Token", "a third"), BODY)).isFalse();
  }

  /** The id of the message is that of Standard Webhooks: nobody gives it one that is not signed. */
  @Test
  void a_proof_of_ours_does_not_carry_an_id_that_is_not_signed() {
    Map<String, Object> headers = new java.util.HashMap<>(standard("v1,AAAA"));
    headers.put("X-Backup-Signature", OWN);
    assertThat(holds(SignatureSettings.Form.BOTH, headers)).isFalse();
    headers.remove("Webhook-Id");
    assertThat(holds(SignatureSettings.Form.BOTH, headers)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"webhook_%s", "webhook_HYPHEN_%s", "mqtt.ordered.user.property.3.webhook-%s"})
  void the_headers_of_standard_webhooks_come_over_a_broker_too(String spelling) {
    assertThat(
            holds(
                SignatureSettings.Form.STANDARD,
                Map.of(
                    spelling.formatted("id"), "m-1",
                    spelling.formatted("timestamp"), "1700000000",
                    spelling.formatted("signature"), STANDARD)))
        .isTrue();
  }
}
