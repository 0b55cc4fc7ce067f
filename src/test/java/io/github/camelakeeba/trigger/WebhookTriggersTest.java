package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.product.RunningProduct;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A code forge, or a script, calls an address; the call starts a backup. The API itself is off. */
class WebhookTriggersTest {
  private static final String SECRET = "Hook-Secret-8zQ4mV";

  @TempDir static Path folder;
  private static RunningProduct product;
  private static URI address;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).hooks();
    for (String site : new String[] {"shop", "blog", "api"}) {
      product.site(
          site, product.server().joomla(site).secret(RunningProduct.SECRET).steps(2).url());
    }
    product
        .site("off", product.server().joomla("off").url(), "enabled: false")
        .yaml(
            """
            triggers:
              - name: github
                from: "servlet:/hooks/github"
                secret: %1$s
                signatureHeader: X-Hub-Signature-256
                reply: outcome
                wait: 1m
                map:
                  site: "$.repository.name"
                  id: "github-{$.deployment.id}"
                  description: "{$.repository.full_name}: {$.deployment.ref} goes to {$.deployment.environment}"
              - name: gitlab
                from: "servlet:/hooks/gitlab"
                secret: %1$s
                tokenHeader: X-Gitlab-Token
                site: shop
                map: {id: "gitlab-{$.deployment_id}"}
              - name: own
                from: "servlet:/hooks/deep/own"
                secret: %1$s
                sites: [shop, blog, "off"]
                coalesce: false
              - name: standard
                from: "servlet:/hooks/standard"
                secret: %1$s
                previousSecret: whsec_b2xkIHNlY3JldA==
                signature: both
                coalesce: false
            """
                .formatted(SECRET))
        .start();
    address = product.service().apiAddress();
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static HttpResponse<String> call(String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder call =
        HttpRequest.newBuilder(URI.create(address + path)).POST(BodyPublishers.ofString(body));
    return HttpClient.newHttpClient()
        .send(
            (headers.length == 0 ? call : call.headers(headers)).build(), BodyHandlers.ofString());
  }

  private static String hmac(String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String own(Instant at, String body) throws Exception {
    long seconds = at.getEpochSecond();
    return "t=%d,v1=%s".formatted(seconds, hmac(seconds + "." + body));
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private static int runs() {
    return product.jdbc().queryForObject("select count(*) from run", Integer.class);
  }

  private static String deployment(int id) {
    return """
        {"action": "created", "deployment": {"id": %d, "ref": "main", "environment": "production"},
         "repository": {"name": "api", "full_name": "example/api", "private": true}}"""
        .formatted(id);
  }

  @Test
  void a_signed_call_of_github_waits_for_the_outcome_and_a_second_one_gives_the_same()
      throws Exception {
    String body = deployment(145988746);
    String[] headers = {
      "X-Hub-Signature-256",
      "sha256=" + hmac(body),
      "X-GitHub-Event",
      "deployment",
      "Content-Type",
      "application/json"
    };
    HttpResponse<String> answer = call("/hooks/github", body, headers);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode event = json(answer);
    assertThat(event.at("/data/state").asText()).isEqualTo("completed");
    assertThat(event.at("/data/site").asText()).isEqualTo("api");
    assertThat(event.at("/data/trigger").asText()).isEqualTo("event");
    assertThat(event.at("/data/description").asText())
        .isEqualTo("example/api: main goes to production");

    assertThat(json(call("/hooks/github", body, headers))).isEqualTo(event);
  }

  @Test
  void a_call_of_gitlab_is_accepted_by_its_token_and_its_end_starts_nothing() throws Exception {
    String running = "{\"object_kind\":\"deployment\",\"status\":\"running\",\"deployment_id\":15}";
    HttpResponse<String> answer = call("/hooks/gitlab", running, "X-Gitlab-Token", SECRET);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(json(answer).path("site").asText()).isEqualTo("shop");
    String run = json(answer).path("id").asText();

    HttpResponse<String> again =
        call("/hooks/gitlab", running.replace("running", "success"), "X-Gitlab-Token", SECRET);
    assertThat(json(again).path("id").asText()).isEqualTo(run);
    product.outcome(run);
  }

  @Test
  void our_own_signature_proves_it_and_the_same_call_again_gives_the_same_run() throws Exception {
    String body = "{\"site\":\"blog\",\"description\":\"before the import\"}";
    String signature = own(Instant.now(), body);
    String run =
        json(call("/hooks/deep/own", body, "X-Backup-Signature", signature)).path("id").asText();
    product.outcome(run);
    HttpResponse<String> again =
        call(
            "/hooks/deep/own",
            body,
            "X-Backup-Signature",
            signature,
            "JMSMessageID",
            "other",
            "CamelKafkaOffset",
            "17");
    assertThat(again.body()).contains(run);
    String[] parts = signature.split("v1=");
    String loud = parts[0] + " v1=" + parts[1].toUpperCase(java.util.Locale.ROOT);
    HttpResponse<String> third = call("/hooks/deep/own", body, "X-Backup-Signature", loud);
    assertThat(third.statusCode()).isEqualTo(202);
    assertThat(third.body()).contains(run).doesNotContain(parts[1]);
  }

  @Test
  void who_does_not_prove_it_learns_nothing_and_starts_nothing() throws Exception {
    int before = runs();
    String body = deployment(7);
    String old = own(Instant.now().minusSeconds(330), "shop");
    Map<String, String[]> wrong =
        Map.of(
            "no header", new String[] {"/hooks/github", body},
            "other body", new String[] {"/hooks/github", body, "X-Hub-Signature-256", hmac("x")},
            "sha1", new String[] {"/hooks/github", body, "X-Hub-Signature", hmac(body)},
            "token of another", new String[] {"/hooks/gitlab", "{}", "X-Gitlab-Token", "wrong"},
            "bearer", new String[] {"/hooks/gitlab", "{}", "Authorization", "Bearer " + SECRET},
            "too old", new String[] {"/hooks/deep/own", "shop", "X-Backup-Signature", old},
            "another recipe",
                new String[] {"/hooks/deep/own", "shop", "X-Backup-Signature", hmac("shop")});
    for (Map.Entry<String, String[]> one : wrong.entrySet()) {
      String[] call = one.getValue();
      HttpResponse<String> answer =
          call(call[0], call[1], java.util.Arrays.copyOfRange(call, 2, call.length));
      assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(401);
      assertThat(json(answer).path("detail").asText())
          .isEqualTo("the sender has not proved that it knows the trigger's secret");
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
    assertThat(runs()).isEqualTo(before);
  }

  @Test
  void a_proved_call_that_is_no_request_is_told_why() throws Exception {
    for (Map.Entry<String, Integer> one :
        Map.of(
                "nix",
                404,
                "off",
                409,
                "api",
                403,
                "{\"site\":",
                400,
                "{\"sites\":1}",
                400,
                "[".repeat(30_000),
                400)
            .entrySet()) {
      HttpResponse<String> answer =
          call(
              "/hooks/deep/own",
              one.getKey(),
              "X-Backup-Signature",
              own(Instant.now(), one.getKey()));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(one.getValue());
      assertThat(json(answer).path("detail").asText()).isNotEmpty();
    }
    String deep = "{\"repository\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
    HttpResponse<String> answer = call("/hooks/github", deep, "X-Hub-Signature-256", hmac(deep));
    assertThat(answer.statusCode()).isEqualTo(400);
    String large = "x".repeat(64 * 1024 + 1);
    assertThat(call("/hooks/deep/own", large).statusCode()).isEqualTo(413);
  }

  private static String[] standard(String id, Instant at, byte[] key, String body)
      throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed = id + "." + at.getEpochSecond() + "." + body;
    byte[] hmac = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return new String[] {
      "webhook-id",
      id,
      "webhook-timestamp",
      String.valueOf(at.getEpochSecond()),
      "webhook-signature",
      "v1," + Base64.getEncoder().encodeToString(hmac)
    };
  }

  @Test
  void a_call_of_standard_webhooks_is_one_run_however_often_it_is_attempted() throws Exception {
    byte[] key = SECRET.getBytes(StandardCharsets.UTF_8);
    byte[] old = "old secret".getBytes(StandardCharsets.UTF_8);
    Instant now = Instant.now();
    HttpResponse<String> first =
        call("/hooks/standard", "blog", standard("msg_1", now.minusSeconds(60), key, "blog"));
    assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
    HttpResponse<String> second =
        call("/hooks/standard", "blog", standard("msg_1", now, old, "blog"));
    assertThat(json(second).path("id")).isEqualTo(json(first).path("id"));
    HttpResponse<String> another =
        call("/hooks/standard", "blog", standard("msg_2", now, key, "blog"));
    assertThat(json(another).path("id")).isNotEqualTo(json(first).path("id"));
    assertThat(call("/hooks/standard", "blog", "X-Backup-Signature", own(now, "blog")).statusCode())
        .isEqualTo(202);
    for (String[] wrong :
        new String[][] {
          standard("msg_3", now.minusSeconds(301), key, "blog"),
          standard("msg_3", now, "another".getBytes(StandardCharsets.UTF_8), "blog"),
          standard("msg_3", now, key, "shop")
        }) {
      assertThat(call("/hooks/standard", "blog", wrong).statusCode()).isEqualTo(401);
    }
  }

  @Test
  void a_mark_of_the_byte_order_is_read_over_and_binary_mode_gives_an_event_its_id()
      throws Exception {
    String body = "\uFEFF{\"site\":\"blog\"}";
    String[] ids = new String[2];
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer =
          call(
              "/hooks/deep/own",
              body,
              "X-Backup-Signature",
              own(Instant.now().minusSeconds(i), body),
              "ce-specversion",
              "1.0",
              "ce-id",
              "d-1");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      ids[i] = json(answer).path("id").asText();
    }
    assertThat(ids[0]).isEqualTo(ids[1]);
    String mapped = "\uFEFF" + deployment(145988747);
    assertThat(
            call("/hooks/github", mapped, "X-Hub-Signature-256", "sha256=" + hmac(mapped))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatever_the_type_of_its_body_the_bytes_that_were_signed_are_read() throws Exception {
    for (String type :
        new String[] {
          "application/x-www-form-urlencoded", "nonsense", "text/plain; charset=UTF-16"
        }) {
      String body = "{\"site\":\"blog\",\"id\":\"ä-%s\",\"comment\":\"a=b&c=d\"}".formatted(type);
      HttpResponse<String> answer =
          call(
              "/hooks/deep/own",
              body,
              "X-Backup-Signature",
              own(Instant.now(), body),
              "Content-Type",
              type);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      assertThat(json(answer).path("requestId").asText()).isEqualTo("ä-" + type);
    }
  }

  @Test
  void hostile_headers_steer_nothing_and_do_not_come_back() throws Exception {
    String body = "{\"site\":\"blog\",\"id\":\"hostile\"}";
    HttpResponse<String> answer =
        call(
            "/hooks/deep/own?CamelHttpUri=http://127.0.0.1:9/&wait=1s&site=shop",
            body,
            "X-Backup-Signature",
            own(Instant.now(), body),
            "CamelHttpUri",
            "http://127.0.0.1:9/",
            "cAmElHttpResponseCode",
            "500",
            "CAMELBEANMETHODNAME",
            "problem",
            "CamelFileName",
            "../../x",
            "CamelJmsDestinationName",
            "other",
            "X-Echo",
            "marker-7f3");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(json(answer).path("site").asText()).isEqualTo("blog");
    assertThat(answer.headers().map().toString().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("camel", "marker-7f3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/sites",
        "/api/backups",
        "/observe/health",
        "/",
        "/hooks",
        "/hooks/",
        "/hooks/other",
        "/hooks/github/",
        "/hooks/github/x",
        "/hooks/..%2fapi/sites",
        "/hooks/github/%2e%2e/%2e%2e/api/sites",
        "/hooks/github;/../../api/sites",
        "//hooks/github",
        "/hooks/%67ithub"
      })
  void nothing_but_the_hooks_is_there(String path) throws Exception {
    HttpResponse<String> answer =
        call(path, "shop", "Authorization", "Bearer " + RunningProduct.TOKEN);
    assertThat(answer.statusCode()).isIn(400, 401, 404);
    if (answer.statusCode() == 401) { // the same hook by another spelling
      assertThat(answer.body()).contains("the trigger's secret");
    }
  }

  @Test
  void a_hook_is_called_by_POST_only() throws Exception {
    HttpRequest get = HttpRequest.newBuilder(address.resolve("/hooks/github")).build();
    assertThat(HttpClient.newHttpClient().send(get, BodyHandlers.ofString()).statusCode())
        .isEqualTo(405);
  }

  @Test
  void the_trigger_status_counts_what_came() {
    TriggerSupervisor triggers = product.service().beans().triggerModule().triggers();
    await().atMost(RunningProduct.PATIENCE).until(() -> triggers.allStatuses().size() == 4);
    assertThat(triggers.allStatuses()).allMatch(view -> view.failingSince() == null);
  }
}
