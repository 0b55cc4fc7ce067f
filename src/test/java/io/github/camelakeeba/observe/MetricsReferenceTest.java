package io.github.camelakeeba.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.camelakeeba.outbox.OutboxRows;
import io.github.camelakeeba.product.RunningProduct;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference, the dashboard and the alert rules name the metrics that are there. */
@Tag("slow")
class MetricsReferenceTest {
  private static final Path PAGE = Path.of("docs/reference/metrics.md");
  private static final Path DASHBOARD = Path.of("docs/observe/grafana-dashboard.json");
  private static final Path RULES = Path.of("docs/observe/prometheus-rules.yaml");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (counter|gauge|histogram|summary) \\| ([^|]*)\\|");
  private static final Pattern NAME = Pattern.compile("\\b(?:backup|jvm|process|system)_\\w+");
  private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_0-9]+)(?:\\{([^}]*)})? ");

  @TempDir static Path folder;
  private static RunningProduct product;
  private static String scrape;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).api();
    product.site(
        "shop",
        product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2).url(),
        "restoreTest: {database: \"jdbc:mariadb://db.example.com:3306/\"}");
    product
        .yaml(
            """
            channels: {hook: {type: webhook, url: "http://127.0.0.1:9/"}}
            notify: []
            triggers: [{name: in, from: "seda:in"}]
            """)
        .start();
    new OutboxRows(product.jdbc().getDataSource()).parked("hook", "a", "no");
    product.backup("shop");
    System.gc(); // so that there is a pause to measure
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> Scrape.names(scrape = Scrape.of(product)).contains("jvm_gc_pause_seconds"));
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  @Test
  void every_documented_metric_is_there_with_its_type() throws Exception {
    Map<String, String> there = new TreeMap<>();
    Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$")
        .matcher(scrape)
        .results()
        .forEach(type -> there.put(type.group(1), type.group(2)));

    assertThat(documented()).hasSizeGreaterThan(20);
    assertThat(there).containsAllEntriesOf(documented());
  }

  @Test
  void every_metric_of_ours_is_documented() throws Exception {
    assertThat(Scrape.names(scrape).stream().filter(name -> name.startsWith("backup_")))
        .isSubsetOf(documented().keySet());
  }

  @Test
  void how_long_a_run_took_and_how_large_its_archive_is_are_measured() {
    String took = "backup_run_duration_seconds_%s{state=\"%s\"}";
    assertThat(Scrape.value(scrape, took.formatted("count", "completed"))).isEqualTo(1);
    assertThat(Scrape.value(scrape, took.formatted("sum", "completed"))).isPositive();
    assertThat(Scrape.value(scrape, took.formatted("count", "failed"))).isZero();
    Long size = product.jdbc().queryForObject("select max(size) from run", Long.class);
    assertThat(Scrape.value(scrape, "backup_archive_bytes{site=\"shop\"}"))
        .isPositive()
        .isEqualTo(size.doubleValue());
  }

  @Test
  void messages_of_a_trigger_are_counted_by_what_became_of_them() {
    var sender = product.service().context().createProducerTemplate();
    sender.requestBody("seda:in", "shop");
    sender.requestBody("seda:in", "nowhere");
    sender.requestBody("seda:in", "{");
    String now = Scrape.of(product);
    String series = "backup_trigger_messages_total{result=\"%s\",trigger=\"in\"}";
    assertThat(Scrape.value(now, series.formatted("accepted"))).isEqualTo(1);
    assertThat(Scrape.value(now, series.formatted("refused"))).isEqualTo(2);
    assertThat(Scrape.value(now, "backup_trigger_failing{trigger=\"in\"}")).isZero();
  }

  @Test
  void every_label_of_ours_is_documented() throws Exception {
    Map<String, Set<String>> labels = new TreeMap<>();
    ROW.matcher(Files.readString(PAGE))
        .results()
        .forEach(
            row ->
                labels.put(
                    row.group(1), found(Pattern.compile("`(\\w+)`"), labelsOnly(row.group(3)))));
    SERIES
        .matcher(scrape)
        .results()
        .filter(series -> series.group(1).startsWith("backup_") && series.group(2) != null)
        .forEach(
            series -> {
              Set<String> here = found(Pattern.compile("(\\w+)=\""), series.group(2));
              here.remove("le");
              assertThat(here).as(series.group()).isEqualTo(labels.get(family(series.group(1))));
            });
  }

  /** Without the values in brackets. */
  private static String labelsOnly(String cell) {
    return cell.replaceAll("\\([^)]*\\)", "");
  }

  @Test
  void the_dashboard_can_be_imported_anywhere_and_shows_metrics_that_are_there() throws Exception {
    JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    Set<String> expressions = new HashSet<>();
    dashboard.findValues("expr").forEach(expr -> expressions.add(expr.asText()));

    assertThat(expressions).hasSizeGreaterThan(20).allSatisfy(MetricsReferenceTest::assertKnown);
    assertThat(dashboard.findValues("datasource"))
        .isNotEmpty()
        .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo("${datasource}"));
    assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
    assertThat(dashboard.path("uid").isNull()).isTrue();
    Set<Integer> ids = new HashSet<>();
    dashboard
        .path("panels")
        .forEach(panel -> assertThat(ids.add(panel.path("id").asInt())).isTrue());
    Set<String> shown = new TreeSet<>();
    expressions.forEach(expression -> shown.addAll(found(NAME, expression)));
    assertThat(shown.stream().map(MetricsReferenceTest::family))
        .contains(
            "backup_sites_overdue",
            "backup_site_last_good_timestamp_seconds",
            "backup_runs",
            "backup_queue_oldest_seconds",
            "backup_schedule_lag_seconds",
            "backup_step_seconds",
            "backup_recoveries_total",
            "backup_run_duration_seconds",
            "backup_archive_bytes",
            "backup_outbox_parked",
            "backup_deliveries_total",
            "backup_trigger_messages_total",
            "backup_trigger_failing",
            "jvm_memory_used_bytes");
  }

  @Test
  void the_alert_rules_are_good_yaml_about_metrics_that_are_there() throws Exception {
    JsonNode file = new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile());
    JsonNode rules = file.at("/groups/0/rules");

    assertThat(rules).hasSizeGreaterThanOrEqualTo(5);
    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertKnown(rule.path("expr").asText());
              assertThat(rule.path("alert").asText()).startsWith("Backup");
              assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
              assertThat(rule.path("for").asText("1m")).matches("\\d+[mh]");
            });
    assertThat(rules.findValuesAsText("alert"))
        .contains(
            "BackupSiteOverdue",
            "BackupQueueStuck",
            "BackupArchiveShrunk",
            "BackupMessagesParked",
            "BackupServiceDown",
            "BackupStoreAway",
            "BackupTriggerAway");
  }

  private static void assertKnown(String expression) {
    Set<String> names = found(NAME, expression);
    assertThat(names).as(expression).isNotEmpty();
    assertThat(names.stream().map(MetricsReferenceTest::family))
        .as(expression)
        .isSubsetOf(Scrape.names(scrape))
        .isSubsetOf(documentedUnchecked());
  }

  /** The metric that a series of a histogram or a summary belongs to. */
  private static String family(String series) {
    return series.replaceFirst("_(bucket|count|sum)$", "");
  }

  private static Map<String, String> documented() throws Exception {
    Map<String, String> rows = new TreeMap<>();
    ROW.matcher(Files.readString(PAGE))
        .results()
        .forEach(row -> rows.put(row.group(1), row.group(2)));
    return rows;
  }

  private static Set<String> documentedUnchecked() {
    try {
      return documented().keySet();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> found(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    for (MatchResult match : pattern.matcher(text).results().toList()) {
      found.add(match.group(match.groupCount()));
    }
    return found;
  }
}
