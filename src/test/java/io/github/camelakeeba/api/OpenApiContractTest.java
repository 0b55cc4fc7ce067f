package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelakeeba.api.OpenApiContract.Operation;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.rest.Caller.Scope;
import io.github.camelakeeba.rest.OperationScopes;
import io.github.camelakeeba.rest.OperationScopes.Rule;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.rest.RestDefinition;
import org.apache.camel.model.rest.VerbDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The served OpenAPI document and the running service say the same. */
@Tag("slow")
class OpenApiContractTest {
  private static final OpenApiContract CONTRACT = new OpenApiContract();
  private static final String READER = "token-of-a-reader-0123456789";
  private static final String CHANNEL =
      "channels:\n  ops: {type: mail, to: [o@example.com], from: b@example.com, smtp: \"%SMTP%\"}\n"
          + "notify:\n  - {on: [failed], to: [ops]}\n";

  /** Where nobody listens. */
  private static final String RESTORE_TEST =
      "restoreTest: {every: never, database: \"jdbc:mariadb://127.0.0.1:9/\"}";

  private static final String SOME_ARCHIVE = "c2hvcC94"; // shop/x

  /** How the service stands; a process has one servlet of this name, so one at a time. */
  private enum Stage {
    UP,
    STRICT,
    STORELESS
  }

  private static final List<Connection> TAKEN = new ArrayList<>();
  private static final Map<String, CompletableFuture<ApiClient.Answer>> STORELESS =
      new ConcurrentHashMap<>();
  private static final Executor CALLERS = command -> new Thread(command).start();
  private static Stage stage;
  private static CountDownLatch release;
  private static Path home;
  private static RunningProduct product;
  private static ApiClient api;
  private static String ended;
  private static String running;

  private static void at(Stage wanted) throws Exception {
    if (stage == wanted) {
      return;
    }
    close();
    home = Files.createTempDirectory("contract");
    product = new RunningProduct(home);
    SimulatedSite busy = site(product, "busy").pastBackups(2);
    release = new CountDownLatch(1);
    busy.fault(Fault.on("stepBackup").nth(1).holdAnswer(release));
    product
        .site("shop", site(product, "shop").url(), "download: {to: archives}", RESTORE_TEST)
        .site("off", busy.url(), "enabled: false");
    product.site("busy", busy.url(), RESTORE_TEST).yaml(CHANNEL + "limits: {perHost: 9}\n").api();
    product.property("backup.api.tokens.reader.token = " + READER);
    product.property("backup.api.tokens.reader.tags = none");
    if (wanted == Stage.STRICT) {
      product.property("backup.api.rate = 1");
    }
    api = new ApiClient(product.start());
    stage = wanted;
    if (wanted == Stage.UP) {
      ended = api.post("/api/backups?wait=30s", "shop").json().path("subject").asText();
      running = api.post("/api/backups", "busy").json().path("id").asText();
      await().until(() -> busy.requests("stepBackup").size() == 1);
    } else if (wanted == Stage.STORELESS) {
      takeAllConnections();
    }
  }

  /** To the API it is as if the store were away. */
  private static void takeAllConnections() throws Exception {
    HikariDataSource pool = product.database().dataSource();
    for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
      TAKEN.add(pool.getConnection());
    }
    // each takes the 3 s that a connection is waited for
    cases()
        .forEach(
            (name, call) -> {
              if (name.endsWith("503")) {
                STORELESS.put(name, CompletableFuture.supplyAsync(() -> answered(call), CALLERS));
              }
            });
  }

  private static ApiClient.Answer answered(Callable<ApiClient.Answer> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @AfterAll
  static void close() throws Exception {
    for (Connection one : TAKEN) {
      one.close();
    }
    TAKEN.clear();
    if (product != null) {
      release.countDown(); // else the stop waits for the step
      product.close();
    }
    stage = null;
  }

  private static SimulatedSite site(RunningProduct product, String name) {
    return product.server().joomla(name).secret(RunningProduct.SECRET).steps(3);
  }

  /** What makes the service answer with the statuses that are an operation's own. */
  private static Map<String, Callable<ApiClient.Answer>> cases() {
    Map<String, Callable<ApiClient.Answer>> cases = new LinkedHashMap<>();
    cases.put("requestBackup 200", () -> api.post("/api/backups?wait=30s", "shop"));
    cases.put(
        "requestBackup 202",
        () -> api.post("/api/backups", "{\"site\":\"shop\",\"ifBusy\":\"queue\"}"));
    cases.put("requestBackup 400", () -> api.post("/api/backups", "{}"));
    cases.put("requestBackup 404", () -> api.post("/api/backups", "nix"));
    cases.put("requestBackup 409", () -> api.post("/api/backups", "off"));
    cases.put("listRuns 200", () -> api.get("/api/runs?site=shop&state=completed&limit=5"));
    cases.put("listRuns 400", () -> api.get("/api/runs?state=missed"));
    cases.put("listRuns 404", () -> api.get("/api/runs?site=nix"));
    cases.put("getRun 200", () -> api.get("/api/runs/" + ended));
    cases.put("getRun 404", () -> api.get("/api/runs/nix"));
    cases.put("stopRun 202", () -> api.post("/api/runs/" + running + "/stop", ""));
    cases.put("stopRun 404", () -> api.post("/api/runs/nix/stop", ""));
    cases.put("stopRun 409", () -> api.post("/api/runs/" + ended + "/stop", ""));
    cases.put("followChanges 200", () -> begun("/api/events"));
    cases.put("followChanges 400", () -> api.get("/api/events?site=shop&site=busy"));
    cases.put("followChanges 404", () -> api.get("/api/events?site=nix"));
    cases.put("getRunTimeline 200", () -> api.get("/api/runs/" + ended + "/timeline"));
    cases.put("getRunTimeline 404", () -> api.get("/api/runs/nix/timeline"));
    cases.put("followRun 200", () -> api.get("/api/runs/" + ended + "/events"));
    cases.put(
        "followRun 204",
        () -> api.get("/api/runs/" + ended + "/events", "Last-Event-ID", ended + "/completed"));
    cases.put("followRun 404", () -> api.get("/api/runs/nix/events"));
    cases.put("listSites 200", () -> api.get("/api/sites?limit=1"));
    cases.put("getSummary 200", () -> api.get("/api/summary"));
    cases.put("getSummary 304", () -> unchanged("/api/summary"));
    cases.put("listSites 304", () -> unchanged("/api/sites?limit=1"));
    cases.put("listArchives 200", () -> api.get("/api/archives?site=shop&limit=5"));
    cases.put("listArchives 400", () -> api.get("/api/archives?limit=0"));
    cases.put("listArchives 404", () -> api.get("/api/archives?site=nix"));
    cases.put("getArchive 200", () -> api.get(archiveFile().replaceFirst("/[^/]+$", "")));
    cases.put("getArchive 404", () -> api.get("/api/archives/nix"));
    cases.put("getArchiveFile 200", () -> api.get(archiveFile()));
    cases.put("getArchiveFile 206", () -> api.get(archiveFile(), "Range", "bytes=0-1"));
    cases.put("getArchiveFile 404", () -> api.get("/api/archives/nix/a.jpa"));
    cases.put("getArchiveFile 410", OpenApiContractTest::goneFile);
    cases.put("getArchiveFile 416", () -> api.get(archiveFile(), "Range", "bytes=999999999-"));
    cases.put("listSites 400", () -> api.get("/api/sites?proof=unproved,good"));
    cases.put(
        "listDaysOfSite 200", () -> api.get("/api/sites/shop/days?from=2026-09-01&each=true"));
    cases.put("listDaysOfSite 400", () -> api.get("/api/sites/shop/days?from=yesterday"));
    cases.put("listDaysOfSite 404", () -> api.get("/api/sites/nix/days"));
    cases.put("listDays 200", () -> api.get("/api/days?sites=shop,busy"));
    cases.put("listDays 400", () -> api.get("/api/days"));
    cases.put("listDays 404", () -> api.get("/api/days?sites=nix"));
    cases.put("listProofsOfSite 200", OpenApiContractTest::pageOfProofs);
    cases.put("listProofsOfSite 304", () -> unchanged("/api/sites/off/proofs"));
    cases.put("listProofsOfSite 400", () -> api.get("/api/sites/shop/proofs?after=nix"));
    cases.put("listProofsOfSite 404", () -> api.get("/api/sites/nix/proofs"));
    cases.put("proveSite 202", () -> api.post("/api/sites/shop/proofs", ""));
    cases.put("proveSite 400", () -> api.post("/api/sites/off/proofs", ""));
    cases.put("proveSite 404", () -> api.post("/api/sites/nix/proofs", ""));
    cases.put("proveSite 409", OpenApiContractTest::proofOfAnother);
    cases.put("getSite 200", () -> api.get("/api/sites/busy"));
    cases.put("getSite 404", () -> api.get("/api/sites/nix"));
    cases.put(
        "pauseSite 200", () -> api.post("/api/sites/busy/pause", "{\"reason\":\"server move\"}"));
    cases.put("pauseSite 400", () -> api.post("/api/sites/busy/pause", "{\"until\":\"soon\"}"));
    cases.put("pauseSite 404", () -> api.post("/api/sites/nix/pause", ""));
    cases.put("resumeSite 200", () -> api.post("/api/sites/shop/resume", ""));
    cases.put("resumeSite 404", () -> api.post("/api/sites/nix/resume", ""));
    cases.put("getStatus 200", () -> api.get("/api/status"));
    cases.put("listMessages 200", () -> api.get("/api/outbox?channel=ops&parked=false&limit=5"));
    cases.put("listMessages 400", () -> api.get("/api/outbox?parked=yes"));
    cases.put("listMessages 404", () -> api.get("/api/outbox?channel=nix"));
    cases.put("retryMessages 200", () -> api.post("/api/outbox/retry?id=7,8", ""));
    cases.put("retryMessages 400", () -> api.post("/api/outbox/retry?id=x", ""));
    cases.put("retryMessages 404", () -> api.post("/api/outbox/retry?channel=nix", ""));
    cases.put("reloadConfiguration 200", () -> api.post("/api/reload", ""));
    cases.put("reloadConfiguration 422", OpenApiContractTest::reloadOfBadFile);
    cases.put("getOpenApi 200", () -> api.get("/api/openapi.json"));
    for (Operation one : CONTRACT.operations()) {
      cases.put(one.id() + " 401", () -> call(one, BodyPublishers.noBody(), null));
      cases.put(one.id() + " 429", () -> untilTooMany(one));
      Rule rule = OperationScopes.rule(one.method(), one.path());
      if (rule.scope() != Scope.READ || rule.wholeService()) {
        cases.put(
            one.id() + " 403",
            () ->
                api.send(
                    api.bare(address(one))
                        .header("Authorization", "Bearer " + READER)
                        .method(one.method(), BodyPublishers.noBody())));
      }
      if (one.sends()) {
        BodyPublisher chunks =
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[] {'x'}));
        cases.put(one.id() + " 411", () -> call(one, chunks, api));
        BodyPublisher large = BodyPublishers.ofString("x".repeat(64 * 1024 + 1));
        cases.put(one.id() + " 413", () -> call(one, large, api));
        cases.put(
            one.id() + " 415",
            () ->
                api.send(
                    api.request(address(one), "Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofString("shop"))));
      }
      if (!one.id().equals("getOpenApi")) {
        BodyPublisher shop =
            BodyPublishers.ofString(one.id().equals("requestBackup") ? "shop" : "");
        cases.put(one.id() + " 503", () -> call(one, shop, api));
      }
    }
    Map<String, Callable<ApiClient.Answer>> sorted = new TreeMap<>(STAGES);
    sorted.putAll(cases);
    return sorted;
  }

  private static String address(Operation one) {
    String path = one.path().replace("{site}", "shop").replace("{file}", "a.jpa");
    path = path.replace("{id}", path.startsWith("/api/archives") ? SOME_ARCHIVE : ended);
    return one.id().equals("listDays") ? path + "?sites=shop" : path;
  }

  /** Without a body, which would not end. */
  private static ApiClient.Answer begun(String path) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    AtomicReference<InputStream> body = new AtomicReference<>();
    HttpResponse<byte[]> answer =
        http.send(
            api.request(path).GET().build(),
            response ->
                response.statusCode() == 200
                    ? BodySubscribers.mapping(
                        BodySubscribers.ofInputStream(),
                        bytes -> {
                          body.set(bytes);
                          return new byte[0];
                        })
                    : BodySubscribers.ofByteArray());
    // not while it is being given: Java 25's client takes that for a failure
    if (body.get() != null) {
      body.get().close();
    }
    return new ApiClient.Answer(answer);
  }

  /** Without a client: without the token. */
  private static ApiClient.Answer call(Operation one, BodyPublisher body, ApiClient client)
      throws Exception {
    String path = address(one);
    if (client != null && one.id().equals("followChanges")) {
      return begun(path);
    }
    return client == null
        ? api.send(api.bare(path).method(one.method(), body))
        : client.send(
            client
                .request(path)
                .method(one.method(), one.sends() ? body : BodyPublishers.noBody()));
  }

  private static ApiClient.Answer reloadOfBadFile() throws Exception {
    Path file = home.resolve("config/sites.yaml");
    String good = Files.readString(file);
    Files.writeString(file, "sites: {shop: {url: nowhere}}");
    try {
      return api.post("/api/reload", "");
    } finally {
      Files.writeString(file, good);
    }
  }

  private static String archiveFile() throws Exception {
    JsonNode archive = api.get("/api/archives?site=shop").json().get(0);
    return "/api/archives/%s/%s"
        .formatted(archive.path("id").asText(), archive.at("/files/0/name").asText());
  }

  private static ApiClient.Answer goneFile() throws Exception {
    JsonNode archive = api.get("/api/archives?site=shop").json().get(0);
    Path file = Path.of(archive.path("location").asText(), archive.at("/files/0/name").asText());
    Path away = Files.move(file, file.resolveSibling("away"));
    ApiClient.Answer answer = api.get(archiveFile());
    Files.move(away, file);
    return answer;
  }

  /** The first of two pages, of tests that could not be made. */
  private static ApiClient.Answer pageOfProofs() throws Exception {
    for (int asked = 0; asked < 2; asked++) {
      String id = api.post("/api/sites/shop/proofs", "").json().path("id").asText();
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(
              () -> api.get("/api/sites/shop/proofs?limit=1").json().path(0),
              newest -> newest.path("id").asText().equals(id) && !newest.path("verdict").isNull());
    }
    return api.get("/api/sites/shop/proofs?limit=1");
  }

  /** A test of one archive may end before that of another one is asked for. */
  private static ApiClient.Answer proofOfAnother() throws Exception {
    ApiClient.Answer answer = null;
    for (int i = 0; i < 20 && (answer == null || answer.status() != 409); i++) {
      api.post("/api/sites/busy/proofs", "{\"id\":1}");
      answer = api.post("/api/sites/busy/proofs", "{\"id\":2}");
    }
    return answer;
  }

  /** What is read may change between two calls, as the age of the oldest backup does. */
  private static ApiClient.Answer unchanged(String path) throws Exception {
    ApiClient.Answer answer = api.get(path);
    for (int i = 0; i < 20 && answer.status() != 304; i++) {
      answer =
          api.get(
              path, "If-None-Match", answer.response().headers().firstValue("ETag").orElseThrow());
    }
    return answer;
  }

  private static ApiClient.Answer untilTooMany(Operation one) throws Exception {
    ApiClient.Answer answer = call(one, BodyPublishers.noBody(), api);
    for (int i = 0; i < 20 && answer.status() != 429; i++) {
      answer = call(one, BodyPublishers.noBody(), api);
    }
    return answer;
  }

  /** A start for all that have the same stage. */
  private static final Comparator<String> STAGES =
      Comparator.<String, Integer>comparing(
              name -> name.endsWith("503") ? 2 : name.endsWith("429") ? 1 : 0)
          .thenComparing(Comparator.naturalOrder());

  @Test
  void every_documented_status_is_tried_and_every_tried_one_is_documented() {
    TreeSet<String> documented = new TreeSet<>();
    CONTRACT
        .operations()
        .forEach(one -> one.statuses().forEach(status -> documented.add(one.id() + " " + status)));
    assertThat(cases().keySet()).containsExactlyInAnyOrderElementsOf(documented);
  }

  static List<String> statuses() {
    return List.copyOf(cases().keySet());
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void the_answer_is_as_documented(String name) throws Exception {
    Operation operation = CONTRACT.operation(name.split(" ")[0]);
    int status = Integer.parseInt(name.split(" ")[1]);

    at(status == 429 ? Stage.STRICT : status == 503 ? Stage.STORELESS : Stage.UP);
    ApiClient.Answer answer = status == 503 ? STORELESS.get(name).join() : cases().get(name).call();

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    JsonNode response = CONTRACT.response(operation, status);
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            header -> assertThat(answer.response().headers().firstValue(header)).isPresent());
    assertThat(answer.response().headers().firstValue("Cache-Control")).hasValue("no-store");
    if (!response.has("content")) {
      assertThat(answer.text()).isEmpty();
      return;
    }
    if (status >= 400) {
      assertThat(answer.response().headers().firstValue("Content-Type"))
          .hasValue("application/problem+json");
    }
    JsonNode media = response.path("content").path(answer.type());
    assertThat(media.isMissingNode()).as(answer.type()).isFalse();
    if (media.has("schema") && !answer.type().equals("text/event-stream")) {
      assertThat(CONTRACT.faults(media.path("schema"), answer.text())).isEmpty();
    }
  }

  @Test
  void the_data_of_server_sent_events_are_runs_and_the_outcome() throws Exception {
    at(Stage.UP);
    String run =
        api.post("/api/backups", "{\"site\":\"shop\",\"ifBusy\":\"queue\"}")
            .json()
            .path("id")
            .asText();
    String[] events = api.get("/api/runs/" + run + "/events").text().split("\n\n");
    JsonNode schemas = CONTRACT.document().at("/components/schemas");
    assertThat(events).hasSizeGreaterThan(2);
    for (String event : events) {
      String data = event.replaceFirst("(?s).*data: ", "");
      if (event.startsWith("event: progress")) {
        assertThat(CONTRACT.faults(schemas.path("Run"), data)).isEmpty();
      } else if (event.startsWith("event: outcome")) {
        assertThat(CONTRACT.faults(schemas.path("Event"), data)).isEmpty();
      } else {
        assertThat(event).matches("retry: \\d+");
      }
    }
    assertThat(events[events.length - 1]).startsWith("event: outcome\nid: " + run + "/completed");
  }

  @Test
  void every_example_of_a_request_is_accepted() throws Exception {
    at(Stage.UP);
    JsonNode body = CONTRACT.operation("requestBackup").node().at("/requestBody/content");
    for (String type : List.of("application/json", "application/cloudevents+json", "text/plain")) {
      JsonNode media = body.path(type);
      String example =
          media.path("example").isTextual()
              ? media.path("example").asText()
              : media.path("example").toString();
      if (!media.path("example").isTextual()) {
        assertThat(CONTRACT.faults(media.path("schema"), example)).isEmpty();
      }
      assertThat(api.post("/api/backups?wait=30s", example, "Content-Type", type).status())
          .isEqualTo(200);
    }
  }

  @Test
  void the_routes_and_the_document_have_the_same_operations() throws Exception {
    at(Stage.UP);
    TreeSet<String> routed = new TreeSet<>();
    for (RestDefinition rest :
        ((ModelCamelContext) product.service().context()).getRestDefinitions()) {
      for (VerbDefinition verb : rest.getVerbs()) {
        String path = (rest.getPath() + verb.getPath()).replaceFirst("/$", "");
        if (path.startsWith("/api")) {
          routed.add(verb.asVerb().toUpperCase(Locale.ROOT) + " " + path);
        }
      }
    }
    assertThat(CONTRACT.operations().stream().map(one -> one.method() + " " + one.path()))
        .containsExactlyInAnyOrderElementsOf(routed);
  }

  @Test
  void every_operation_has_a_scope_and_the_document_names_it() {
    assertThat(OperationScopes.names())
        .as("the table in OperationScopes")
        .containsAll(
            CONTRACT.operations().stream().map(one -> one.method() + " " + one.path()).toList());
    for (Operation one : CONTRACT.operations()) {
      JsonNode own = one.node().path("security");
      JsonNode schemes = own.isMissingNode() ? CONTRACT.document().path("security") : own;
      for (String scheme : List.of("token", "session")) {
        assertThat(schemes.findValues(scheme).get(0).get(0).asText())
            .as(one.id())
            .isEqualTo(OperationScopes.rule(one.method(), one.path()).scope().word());
      }
    }
  }

  @Test
  void the_served_document_is_this_one_and_a_strict_reader_has_nothing_to_say() throws Exception {
    at(Stage.UP);
    String served = api.get("/api/openapi.json").text();
    assertThat(new com.fasterxml.jackson.databind.ObjectMapper().readTree(served))
        .isEqualTo(CONTRACT.document());
    ParseOptions options = new ParseOptions();
    options.setResolveFully(true);
    assertThat(new OpenAPIV3Parser().readContents(served, null, options).getMessages()).isEmpty();
    for (Operation one : CONTRACT.operations()) {
      assertThat(one.id()).matches("[a-z]+([A-Z][a-zA-Z]+)+");
      assertThat(one.node().path("summary").asText()).isNotEmpty();
      assertThat(one.node().path("description").asText()).isNotEmpty();
      assertThat(one.node().path("tags")).hasSize(1);
    }
    assertThat(CONTRACT.operations()).extracting(Operation::id).doesNotHaveDuplicates();
  }

  @Test
  void the_document_and_the_reference_list_every_kind_of_problem() throws Exception {
    List<String> listed = new ArrayList<>();
    CONTRACT
        .document()
        .at("/components/schemas/Problem/properties/type/enum")
        .forEach(type -> listed.add(type.asText()));
    assertThat(listed)
        .containsExactlyElementsOf(Arrays.stream(Kind.values()).map(Kind::type).toList());
    String page = Files.readString(Path.of("docs/reference/api.md"));
    for (Kind kind : Kind.values()) {
      String word = kind.type().substring(kind.type().lastIndexOf(':') + 1);
      assertThat(page).contains("| `%s` | %s | ".formatted(word, kind.status()));
    }
  }

  @Test
  void each_example_of_a_problem_has_a_type_of_its_status() {
    for (JsonNode one : CONTRACT.document().findValues("application/problem+json")) {
      JsonNode example = one.path("example");
      if (!example.isMissingNode()) {
        assertThat(Kind.ofType(example.path("type").asText()).status())
            .isEqualTo(example.path("status").asInt());
        assertThat(CONTRACT.faults(one.path("schema"), example.toString())).isEmpty();
      }
    }
  }

  @Test
  void the_reference_has_a_chapter_for_every_operation() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("docs/reference/api.md"));
    for (Operation one : CONTRACT.operations()) {
      assertThat(lines).contains("## " + one.method() + " " + one.path());
    }
    assertThat(lines.stream().filter(line -> line.matches("## [A-Z]+ /api/.*")))
        .hasSameSizeAs(CONTRACT.operations());
  }

  @Test
  void its_event_is_the_one_of_the_reference() throws Exception {
    JsonNode reference =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(Path.of("docs/reference/event.schema.json").toFile());
    ((com.fasterxml.jackson.databind.node.ObjectNode) reference).remove(List.of("$schema", "$id"));
    assertThat(CONTRACT.document().at("/components/schemas/Event")).isEqualTo(reference);
  }
}
