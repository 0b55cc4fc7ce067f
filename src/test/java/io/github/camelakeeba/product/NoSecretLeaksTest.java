package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import com.sun.net.httpserver.HttpServer;
import io.github.camelakeeba.product.SecretSpellings.Form;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** No secret in any form gets into a log at TRACE, a mail, an answer, an event or the database. */
@Tag("slow")
class NoSecretLeaksTest {
  private static final String HEADER = "Header-Secret/9f&K+2=x";
  private static final String QUERY = "Größe geheim €9";
  private static final String PASSWORD = "Basic-Päss/1";
  private static final String SMTP = "Smtp-Pass&word#1";
  private static final String TOKEN = "test-token-1234";
  private static final String NAMED = "Named-Token/0123&4567";
  private static final String BADGE = "badge-key_0123456789";
  private static final String HOOK = "/services/T0PS3CR3T/hook-path";

  private static final String SLACK = "/services/T0/B0/Slack-Secret-0123456789";
  private static final String MATTERMOST = "/hooks/mattermost-secret-0123456789";
  private static final String DISCORD = "/api/webhooks/1234/Discord-Secret_0123456789";
  private static final String TEAMS = "Teams-Sig_0123456789%2B";
  private static final String BOT = "12345:Telegram-Secret_0123456789";
  private static final String TOPIC = "ntfy-topic-0123456789";
  private static final String NTFY = "tk_ntfy-token-0123456789";
  private static final String CHECK = "01234567-89ab-cdef-0123-456789abcdef";
  private static final String SIGNING = "Signing-Key/0123&4567";
  private static final String API_KEY = "Header-Value-0123456789";

  private static final String JOOMLA = "Joomla-Token/4567+0123=";

  private static final String ARCHIVE = "Archive-Pass/7&8+9";
  private static final String DATABASE = "Database-Pass/3&4+5";
  private static final String IN_URL = "Url-Password_0123456789";

  private static final SecretSpellings SECRETS =
      new SecretSpellings(
          Map.ofEntries(
              Map.entry("header secret", HEADER),
              Map.entry("query secret", QUERY),
              Map.entry("joomla token", JOOMLA),
              Map.entry("web password", PASSWORD),
              Map.entry("web login", "zoë:" + PASSWORD),
              Map.entry("mail password", SMTP),
              Map.entry("mail login", "\0mailer\0" + SMTP),
              Map.entry("API token", TOKEN),
              Map.entry("named token", NAMED),
              Map.entry("badge", BADGE),
              Map.entry("webhook", HOOK),
              Map.entry("slack", SLACK),
              Map.entry("mattermost", MATTERMOST),
              Map.entry("discord", DISCORD),
              Map.entry("teams", TEAMS),
              Map.entry("telegram", BOT),
              Map.entry("ntfy token", NTFY),
              Map.entry("ntfy topic", TOPIC),
              Map.entry("check", CHECK),
              Map.entry("signing key", SIGNING),
              Map.entry("webhook header", API_KEY),
              Map.entry("archive password", ARCHIVE),
              Map.entry("database password", DATABASE),
              Map.entry("password in a URL", IN_URL)));

  /** Told to ntfy itself, which needs it. */
  private static final List<String> SAID = List.of("ntfy topic");

  @TempDir Path folder;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private HttpServer hook;
  private RunningProduct product;
  private SimulatedSite header;
  private SimulatedSite query;
  private SimulatedSite token;

  @BeforeEach
  void configure() throws Exception {
    hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hook.createContext(
        "/",
        exchange -> {
          told.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          String uri = exchange.getRequestURI().toString();
          boolean refused = uri.contains("refused");
          byte[] answer =
              (uri + exchange.getRequestHeaders().entrySet()).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(refused ? 403 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    hook.start();
    product = new RunningProduct(folder).api().property("header.secret = " + HEADER);
    product.property("backup.outbox.gather = 0s"); // each by itself
    product.property("backup.api.tokens.named.token = " + NAMED);
    product.smtp().setUser("ops@example.com", "mailer", SMTP);
    header = product.server().joomla("header").secret(HEADER).steps(4);
    header.basicAuth("zoë", PASSWORD);
    query = product.server().wordpress("query").secret(QUERY).steps(4);
    token = product.server().joomla("token").steps(3).lastRecordId(40);
    token.access().webServices(JOOMLA);
    product
        .site("token", token.address(), "token: \"" + JOOMLA + "\"")
        .site(
            "header",
            URI.create(header.url().toString().replace("://", "://zo%C3%AB:Basic-P%C3%A4ss%2F1@")),
            "secret: \"{{header.secret}}\"",
            "archivePassword: \"" + ARCHIVE + "\"",
            restoreTest(":1/?password=" + IN_URL + "&connectTimeout=abc"))
        .site(
            "query",
            query.url(),
            "secret: \"" + QUERY + "\"",
            "badge: " + BADGE,
            restoreTest(":1/"))
        .yaml(
            """
            channels:
              ops: {type: mail, smtp: "%%SMTP%%", from: backup@example.com, to: ops@example.com,
                    username: mailer, password: "%s"}
              hook: {type: webhook, url: "HOST%s", secret: "%s", headers: {X-Api-Key: "%s"}}
              slack: {type: slack, url: "HOST%s"}
              mattermost: {type: mattermost, url: "HOST%s"}
              discord: {type: discord, url: "HOST%s"}
              teams: {type: teams, url: "HOST/invoke?api-version=1&sig=%s"}
              telegram: {type: telegram, url: "HOST/bot%s/sendMessage", chat: "-100123"}
              ntfy: {type: ntfy, url: "HOST/%s", token: "%s"}
              check: {type: healthchecks, url: "HOST/%s"}
              # refuses, and repeats the address
              down: {type: slack, url: "HOST%s?refused=1"}
            notify:
              - on: [started, completed, warning, failed]
                to: [ops, hook, slack, mattermost, discord, teams, telegram, ntfy, check]
              - {on: [warning], to: down}
            """
                .formatted(
                    SMTP,
                    HOOK,
                    SIGNING,
                    API_KEY,
                    SLACK,
                    MATTERMOST,
                    DISCORD,
                    TEAMS,
                    BOT,
                    TOPIC,
                    NTFY,
                    CHECK,
                    SLACK)
                .replace("HOST", "http://127.0.0.1:" + hook.getAddress().getPort()));
  }

  /** On a server that is not there. */
  private static String restoreTest(String address) {
    return "restoreTest: {database: \"jdbc:mariadb://prover:%s@127.0.0.1%s\", user: prover, password: \"%s\"}"
        .formatted(IN_URL, address, DATABASE);
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
    hook.stop(0);
  }

  @Test
  void no_secret_is_told_in_any_form_by_anything() throws Exception {
    try (LeakWatch watch = LeakWatch.start(SECRETS)) {
      product.start();
      LoggerFactory.getLogger("a.probe").trace("{} {} {} {}", HEADER, QUERY, PASSWORD, SMTP);
      LoggerFactory.getLogger("a.probe").trace("told", new IllegalStateException(TOKEN + HOOK));
      everythingHappens();

      // the test would notice: without the mask the log tells every secret
      assertThat(watch.unmasked().stream().map(Form::secret))
          .contains("header secret", "query secret", "web password", "web login")
          .contains("mail password", "API token", "webhook", "slack", "mattermost", "discord")
          .contains("teams", "telegram", "ntfy token", "ntfy topic", "check", "webhook header")
          .contains("joomla token");
      assertThat(watch.events()).isGreaterThan(1_000);
      assertThat(watch.leaks()).isEmpty();
    }
    assertThat(told).hasSizeGreaterThan(10);
    assertThat(told.stream().flatMap(text -> SECRETS.in(text).stream()).distinct())
        .filteredOn(form -> !SAID.contains(form.secret()))
        .isEmpty();
    assertThat(told.stream().filter(text -> text.contains(TOPIC)))
        .allMatch(text -> text.startsWith("{\"topic\"") || text.contains("\"topic\": "));
    assertThat(SECRETS.in(database())).isEmpty();
    MimeMessage[] mails = product.smtp().getReceivedMessages();
    assertThat(mails).hasSizeGreaterThanOrEqualTo(10);
    for (MimeMessage mail : mails) {
      assertThat(SECRETS.in(GreenMailUtil.getHeaders(mail) + text(mail))).isEmpty();
    }
  }

  private void everythingHappens() throws Exception {
    backup("header", "completed");
    header.warnings(2, "Unreadable: X-Akeeba-Auth: " + HEADER + ", zoë:" + PASSWORD);
    backup("header", "warning");
    header.failAt(2, "the call with " + HEADER + " failed");
    backup("header", "failed");
    backup("query", "completed");
    backup("token", "completed");
    token.access().webServices(JOOMLA + "A").deniesMethod("getProfiles");
    token.failAt(1, "X-Joomla-Token: " + JOOMLA);
    backup("token", "failed");
    Fault page = Fault.on("stepBackup").nth(2).answer(500, "text/html", "<h1>" + QUERY + "</h1>");
    query.fault(page.times(6));
    backup("query", "failed");
    query.clearFaults().fault(Fault.on("stepBackup").nth(9).answerLost());
    backup("query", "completed"); // with a look at the site in between
    query.fault(
        Fault.on("startBackup").redirect(302, "https://other.example/?_akeebaAuth=" + QUERY));
    backup("query", "failed");
    query.clearFaults().fault(Fault.on("stepBackup").reset().always());
    backup("query", "failed");
    untested("header");
    untested("query");
    called("GET", "/api/sites", null, TOKEN);
    called("GET", "/api/status", null, TOKEN);
    called("GET", "/api/outbox", null, TOKEN);
    called("GET", "/observe/health", null, "");
    called("GET", "/observe/metrics", null, "");
    called("POST", "/api/backups?wait=30s", "query", TOKEN);
    called("POST", "/api/backups", "{\"site\":\"nobody\"}", TOKEN);
    called("POST", "/api/backups", "query", TOKEN + "x");
    called("POST", "/api/backups", "query", NAMED);
    called("GET", "/api/status", null, NAMED);
    called("POST", "/ui/session", "{\"token\":\"" + NAMED + "\"}", NAMED);
    called("GET", "/ui/session", null, NAMED);
    called("GET", "/badge/" + BADGE + ".svg", null, "");
    called("GET", "/badge/" + BADGE + "x.svg", null, "");
    called("GET", "/ui/" + BADGE, null, "");
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () ->
                product
                        .jdbc()
                        .queryForObject(
                            "select count(*) from outbox where delivered_at is null and channel <> 'down'",
                            Integer.class)
                    == 0);
    assertThat(product.jdbc().queryForObject("select max(last_error) from outbox", String.class))
        .startsWith("slack down: the server answered HTTP 403: ")
        .contains("***");
  }

  private void backup(String site, String state) throws Exception {
    var outcome = product.backup(site);
    assertThat(outcome.data().state()).isEqualTo(state);
    told.add(product.service().beans().json().write(outcome));
    called("GET", "/api/runs/" + outcome.subject(), null, TOKEN);
  }

  private void untested(String site) throws Exception {
    called("POST", "/api/sites/" + site + "/proofs", "", TOKEN);
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () ->
                product
                        .jdbc()
                        .queryForObject(
                            "select count(*) from proof where site = ? and verdict = 'untested'",
                            Integer.class,
                            site)
                    == 1);
    called("GET", "/api/sites/" + site + "/proofs", null, TOKEN);
  }

  private void called(String verb, String path, String body, String token) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(product.service().apiAddress() + path))
            .header("Authorization", "Bearer " + token)
            .method(verb, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    told.add(answer.headers().map() + answer.body());
  }

  /** All rows of all tables. */
  private String database() {
    StringBuilder dump = new StringBuilder();
    for (String table :
        product
            .jdbc()
            .queryForList(
                "select table_name from information_schema.tables where table_schema = 'public'",
                String.class)) {
      for (Map<String, Object> row : product.jdbc().queryForList("select * from " + table)) {
        row.values().forEach(value -> dump.append(shown(value)).append('\n'));
      }
    }
    assertThat(dump).contains("header", "/failed");
    return dump.toString();
  }

  private static String shown(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.ISO_8859_1)
        : value instanceof Object[] many ? Arrays.toString(many) : String.valueOf(value);
  }

  private static String text(Part part) throws Exception {
    if (!(part.getContent() instanceof Multipart parts)) {
      return String.valueOf(part.getContent());
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.getCount(); i++) {
      text.append(text(parts.getBodyPart(i)));
    }
    return text.toString();
  }
}
