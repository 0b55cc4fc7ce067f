package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.observe.BackupMetrics;
import io.github.camelakeeba.observe.LogLines;
import io.github.camelakeeba.reload.ConfigurationReload;
import io.github.camelakeeba.reload.ReloadResult;
import io.github.camelakeeba.reload.ReloadStatus;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.watch.SiteView;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration is changed while the service runs. */
@Tag("slow")
class ReloadTest {
  private static final String OTHER = "Another-Secret-7pL2xV";
  private static final String NIGHTLY = "schedule: \"0 30 2 * * ?\"";

  @TempDir static Path folder;
  private static RunningProduct product;
  private static int tests;
  private SimulatedSite shop;
  private SimulatedSite blog;

  @BeforeAll
  static void open() throws Exception {
    product = new RunningProduct(folder).schedules().api();
    URI none = URI.create("http://127.0.0.1:1/");
    product.site("first", none).start();
  }

  @BeforeEach
  void sites() throws Exception {
    tests++;
    shop = product.server().joomla("shop" + tests).secret(RunningProduct.SECRET).steps(5);
    blog = product.server().joomla("blog" + tests).secret(RunningProduct.SECRET).steps(2);
    product.smtp().purgeEmailFromAllMailboxes();
  }

  @AfterEach
  void idle() {
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () ->
                product
                        .jdbc()
                        .queryForObject(
                            "select count(*) from run where state in ('queued', 'running')",
                            Integer.class)
                    == 0);
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  /** What was before is gone, also what it has left in the store. */
  private void given(String yaml) throws IOException {
    write("sites: {}\n");
    reload();
    product.jdbc().update("delete from standing");
    write(yaml);
    reload();
  }

  private ReloadResult reload() {
    return product.service().beans().reloads().reload().reload("test");
  }

  private ReloadStatus status() {
    return product.service().beans().reloads().reload().status();
  }

  private void write(String yaml) throws IOException {
    Files.writeString(folder.resolve("config/sites.yaml"), yaml);
  }

  private static String site(String name, URI url, String secret, String... lines) {
    StringBuilder site = new StringBuilder("  %s:%n    url: %s%n".formatted(name, url));
    site.append("    secret: ").append(secret).append("\n    retry: {unreachable: 0}\n");
    for (String line : lines) {
      site.append("    ").append(line).append('\n');
    }
    return site.toString();
  }

  private String shop(String... lines) {
    return site("shop", shop.url(), RunningProduct.SECRET, lines);
  }

  private String blog(String... lines) {
    return site("blog", blog.url(), RunningProduct.SECRET, lines);
  }

  private SiteView view(String site) {
    return product.service().beans().monitoring().status().site(site).orElseThrow();
  }

  private List<String> triggers() {
    return product
        .jdbc()
        .queryForList("select trigger_name from qrtz_triggers order by trigger_name", String.class);
  }

  private Fault hold(int step, CountDownLatch answer) {
    return Fault.on("stepBackup").nth(step).holdAnswer(answer);
  }

  private void awaitSteps(SimulatedSite site, int count) {
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> site.requests("stepBackup").size() >= count);
  }

  private String channel(String to) {
    return "channels:\n  ops: {type: mail, smtp: \"smtp://127.0.0.1:%s\", from: b@example.com, to: %s}\n"
            .formatted(product.smtp().getSmtp().getPort(), to)
        + "notify:\n  - {on: [completed, failed], to: [ops]}\n";
  }

  @Test
  void sites_are_added_removed_and_changed_and_the_answer_names_them() throws Exception {
    given("sites:\n" + shop(NIGHTLY) + site("old", blog.url(), RunningProduct.SECRET, NIGHTLY));
    write("sites:\n" + shop("tags: [new]", NIGHTLY) + blog(NIGHTLY));

    ReloadResult result;
    try (LogLines log = LogLines.of(ConfigurationReload.class.getName())) {
      result = reload();
      assertThat(log.containing("not in the configuration any more, and backed up no more: old"))
          .extracting(LogEvent::getLevel)
          .containsExactly(Level.WARN);
    }

    assertThat(result.taken()).isTrue();
    assertThat(result.sites()).isEqualTo(2);
    assertThat(result.added()).containsExactly("blog");
    assertThat(result.removed()).containsExactly("old");
    assertThat(result.changed()).containsExactly("shop");
    assertThat(result.fingerprint()).isEqualTo(product.service().configuration().fingerprint());
    assertThat(product.backup("blog").data().state()).isEqualTo("completed");
    assertThatThrownBy(() -> product.request("old"))
        .isInstanceOfSatisfying(
            RunRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_SITE));
    assertThat(view("shop").tags()).containsExactly("new");
  }

  @Test
  void a_site_that_is_added_has_no_backup_yet_and_is_not_missed_at_once() throws Exception {
    given("sites:\n" + shop());
    write("sites:\n" + shop() + site("fresh", blog.url(), RunningProduct.SECRET, NIGHTLY));

    reload();

    assertThat(view("fresh").state()).isEqualTo("never");
    assertThat(product.service().beans().watch().watchdog().overdue()).isEmpty();
    assertThat(view("fresh").overdue()).isFalse();
  }

  @Test
  void a_bad_file_keeps_the_old_configuration_and_says_all_that_is_wrong() throws Exception {
    given("sites:\n" + shop());
    write("sites:\n  shop:\n    url: nowhere\n    secrt: x\n  blog: {}\n");

    assertThatThrownBy(this::reload)
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> assertThat(e.problems()).hasSizeGreaterThanOrEqualTo(3));

    assertThat(status().successful()).isFalse();
    assertThat(status().problems()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(product.backup("shop").data().state()).isEqualTo("completed");
    assertThat(metrics()).contains("backup_config_reload_success 0.0");
    assertThat(HealthCheckHelper.invoke(product.service().context()))
        .filteredOn(one -> one.getCheck().getId().equals("backup-configuration"))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.getMessage().orElseThrow())
                    .contains("was refused", "config/sites.yaml"));

    write("sites:\n" + shop());
    reload();

    assertThat(status().successful()).isTrue();
    assertThat(metrics()).contains("backup_config_reload_success 1.0");
  }

  private String metrics() {
    return product
        .service()
        .context()
        .getRegistry()
        .lookupByNameAndType("backup-metrics", BackupMetrics.class)
        .scrape();
  }

  @Test
  void a_run_in_flight_goes_on_with_the_address_and_the_secret_it_was_begun_with()
      throws Exception {
    given("sites:\n" + shop());
    CountDownLatch answer = new CountDownLatch(1);
    shop.fault(hold(2, answer));
    String run = product.request("shop").id();
    awaitSteps(shop, 2);
    blog.secret(OTHER);
    write("sites:\n" + site("shop", blog.url(), OTHER));

    reload();
    answer.countDown();

    assertThat(product.outcome(run).data().state()).isEqualTo("completed");
    assertThat(blog.requests()).isEmpty();
    assertThat(product.backup("shop").data().state()).isEqualTo("completed");
    assertThat(shop.requests("startBackup")).hasSize(1);
    assertThat(blog.requests("startBackup")).hasSize(1);
    assertThat(shop.violations()).isEmpty();
  }

  @Test
  void the_run_of_a_site_that_was_taken_out_ends_and_is_told_by_the_rules_that_hold_then()
      throws Exception {
    given("sites:\n" + shop(NIGHTLY));
    CountDownLatch answer = new CountDownLatch(1);
    shop.fault(hold(2, answer));
    String run = product.request("shop").id();
    awaitSteps(shop, 2);
    write("sites:\n" + blog() + channel("ops@example.com"));

    reload();
    answer.countDown();
    Event outcome = product.outcome(run);

    assertThat(outcome.data().state()).isEqualTo("completed");
    assertThat(outcome.data().url()).isEqualTo(BackupEventFactory.displayUrl(shop.url()));
    assertThat(product.smtp().waitForIncomingEmail(RunningProduct.PATIENCE.toMillis(), 1)).isTrue();
    assertThat(triggers()).isEmpty();
  }

  @Test
  void a_run_that_waits_for_a_site_that_was_taken_out_ends_as_configuration() throws Exception {
    given("sites:\n" + shop());
    CountDownLatch answer = new CountDownLatch(1);
    shop.fault(hold(2, answer));
    product.request("shop");
    awaitSteps(shop, 2);
    String queued = product.request("{\"site\":\"shop\",\"ifBusy\":\"queue\"}").id();
    write("sites:\n" + blog());

    reload();
    answer.countDown();

    assertThat(product.outcome(queued).data().error().kind()).isEqualTo("configuration");
    assertThat(shop.requests("startBackup")).hasSize(1);
  }

  @Test
  void schedules_follow_and_one_that_stays_keeps_its_trigger() throws Exception {
    given("sites:\n" + shop(NIGHTLY) + blog("schedule: \"0 0 4 * * ?\""));
    List<String> before = triggers();
    product.jdbc().update("update qrtz_triggers set description = 'first'");
    write("sites:\n" + shop(NIGHTLY) + blog("schedule: \"0 0 5 * * ?\""));

    reload();

    assertThat(triggers()).hasSize(2).isNotEqualTo(before);
    assertThat(
            product
                .jdbc()
                .queryForList(
                    "select trigger_name from qrtz_triggers where description = 'first'",
                    String.class))
        .singleElement()
        .satisfies(name -> assertThat(before).contains(name));
    assertThat(
            product
                .jdbc()
                .queryForObject(
                    "select count(*) from scheduled_site where site = 'blog'", Integer.class))
        .isEqualTo(1);
  }

  @Test
  void an_added_schedule_fires() throws Exception {
    given("sites:\n" + shop());
    write("sites:\n" + shop() + blog("schedule: \"* * * * * ?\""));

    reload();

    await().atMost(RunningProduct.PATIENCE).until(() -> !blog.requests("startBackup").isEmpty());
  }

  @Test
  void channels_and_rules_follow_and_what_a_removed_channel_owes_is_parked() throws Exception {
    given(
        "sites:\n"
            + shop()
            + "channels:\n  hook: {type: webhook, url: \"http://127.0.0.1:1/nothing\"}\n"
            + "notify:\n  - {on: [completed], to: [hook]}\n");
    product.backup("shop");
    write("sites:\n" + shop() + channel("first@example.com"));
    reload();

    assertThat(
            product
                .jdbc()
                .queryForList(
                    "select last_error from outbox where channel = 'hook' and parked_at is not null",
                    String.class))
        .containsExactly("the channel is not in config/sites.yaml any more");
    assertThat(product.service().context().getRoute("backup-dispatch-hook")).isNull();
    product.backup("shop");
    awaitMailTo("first@example.com");

    write("sites:\n" + shop() + channel("second@example.com"));
    reload();
    product.backup("shop");
    awaitMailTo("second@example.com");
    assertThat(metrics()).contains("backup_deliveries_total{channel=\"ops\"");
  }

  private void awaitMailTo(String address) {
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () ->
                java.util.Arrays.stream(product.smtp().getReceivedMessages())
                    .anyMatch(
                        mail -> {
                          try {
                            return mail.getSubject().contains("shop")
                                && mail.getAllRecipients()[0].toString().equals(address);
                          } catch (jakarta.mail.MessagingException e) {
                            throw new IllegalStateException(e);
                          }
                        }));
  }

  @Test
  void triggers_follow_and_one_that_stays_is_not_stopped() throws Exception {
    String stays = "  - {name: stays, from: \"file:%s/stays\", site: shop}\n".formatted(folder);
    String goes = "  - {name: goes, from: \"file:%s/goes\", site: shop}\n".formatted(folder);
    String comes = "  - {name: comes, from: \"file:%s/comes\", site: blog}\n".formatted(folder);
    given("sites:\n" + shop() + "triggers:\n" + stays + goes);
    Object route = product.service().context().getRoute("backup-trigger-stays");
    write("sites:\n" + shop() + blog() + "triggers:\n" + stays + comes);

    reload();
    Files.createDirectories(folder.resolve("comes"));
    Files.writeString(folder.resolve("comes").resolve("one.txt"), "blog");

    assertThat(product.service().context().getRoute("backup-trigger-stays")).isSameAs(route);
    assertThat(product.service().context().getRoute("backup-trigger-goes")).isNull();
    await().atMost(RunningProduct.PATIENCE).until(() -> !blog.requests("startBackup").isEmpty());
    assertThat(metrics())
        .contains("trigger=\"comes\"")
        .contains("trigger=\"stays\"")
        .doesNotContain("trigger=\"goes\"");

    String changed = "  - {name: comes, from: \"file:%s/other\", site: shop}\n".formatted(folder);
    write("sites:\n" + shop() + blog() + "triggers:\n" + stays + changed);
    reload();
    Files.createDirectories(folder.resolve("other"));
    Files.writeString(folder.resolve("other").resolve("one.txt"), "shop");

    await().atMost(RunningProduct.PATIENCE).until(() -> !shop.requests("startBackup").isEmpty());
  }

  @Test
  void heartbeat_reports_history_and_badges_follow_and_a_missing_route_is_added() throws Exception {
    given("sites:\n" + shop());
    String hook = "  hook: {type: healthchecks, url: \"http://127.0.0.1:1/alive\"}\n";
    write(
        "sites:\n"
            + shop()
            + channel("ops@example.com").replace("channels:\n", "channels:\n" + hook)
            + "heartbeat: {channel: hook, every: 1h}\n"
            + "reports: [{every: \"0 0 6 1 1 ?\", to: [ops]}]\n"
            + "history: {keep: 9d}\n"
            + "badges: {all: {key: key-of-all-0123456789}}\n");
    reload();

    assertThat(product.service().context().getRoute("backup-heartbeat-hook")).isNotNull();
    assertThat(triggers()).singleElement().asString().contains("0 0 6 1 1 ?");
    assertThat(product.service().configuration().historyKeep()).hasDays(9);
    assertThat(badge()).isEqualTo(200);

    product.service().context().getRouteController().stopRoute("backup-dispatch-ops");
    product.service().context().removeRoute("backup-dispatch-ops");
    reload();
    assertThat(product.service().context().getRoute("backup-dispatch-ops")).isNotNull();

    write("sites:\n" + shop());
    reload();
    assertThat(product.service().context().getRoute("backup-heartbeat-hook")).isNull();
    assertThat(triggers()).isEmpty();
    assertThat(badge()).isEqualTo(404);
  }

  private static int badge() throws Exception {
    URI badge = URI.create(product.service().apiAddress() + "/badge/key-of-all-0123456789.svg");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(badge).build(), BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void limits_follow() throws Exception {
    given("sites:\n" + shop() + blog() + "limits: {concurrent: 1}\n");
    CountDownLatch answer = new CountDownLatch(1);
    shop.fault(hold(2, answer));
    String held = product.request("shop").id();
    awaitSteps(shop, 2);
    String waiting = product.request("blog").id();
    assertThat(blog.requests()).isEmpty();
    write("sites:\n" + shop() + blog() + "limits: {concurrent: 5, perHost: 5}\n");

    reload();

    assertThat(product.outcome(waiting).data().state()).isEqualTo("completed");
    answer.countDown();
    assertThat(product.outcome(held).data().state()).isEqualTo("completed");
  }

  @Test
  void the_api_reloads_for_admins_and_names_every_problem() throws Exception {
    given("sites:\n" + shop());
    write("sites:\n" + shop() + blog());

    HttpResponse<String> taken = post();
    write("sites:\n  shop: {url: nowhere}\n");
    HttpResponse<String> refused = post();

    assertThat(taken.statusCode()).isEqualTo(200);
    assertThat(taken.body())
        .contains("\"taken\":true", "\"sites\":2", "\"added\":[\"blog\"]", "\"fingerprint\":\"");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("urn:camel-akeeba-backup:problem:refused-configuration", "\"problems\":[")
        .contains("'secret' is missing");
    assertThat(product.service().configuration().sites()).hasSize(2);
  }

  private HttpResponse<String> post() throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(product.service().apiAddress() + "/api/reload"))
                .header("Authorization", "Bearer " + RunningProduct.TOKEN)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.ofString());
  }

  @Test
  void what_stands_in_application_properties_needs_a_restart_and_the_answer_says_so()
      throws Exception {
    given("sites:\n" + shop());
    Path properties = folder.resolve("config/application.properties");
    String before = Files.readString(properties);
    Files.writeString(properties, before + "backup.outbox.giveUpAfter = 9h\n");

    List<String> needed = reload().needsRestart();
    Files.writeString(properties, before);

    assertThat(needed)
        .singleElement()
        .satisfies(
            sentence ->
                assertThat(sentence).contains("config/application.properties", "next start"));
    assertThat(reload().needsRestart()).isEmpty();
  }
}
