package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run begins with nothing of the run, the request or the claim that led to it. */
@Tag("slow")
@Tag("fault")
class RunsAreApartTest {
  private static final int CALLERS = 12;

  @TempDir Path folder;
  private RunningProduct product;

  @AfterEach
  void close() throws Exception {
    product.close();
  }

  @Test
  void eighty_starts_that_fail_at_once_are_sent_once_each_ten_times_in_a_row() throws Exception {
    List<SimulatedSite> sites = refusing(80, "\"42S02\"");
    product.yaml("limits: {concurrent: 50, perHost: 50}\n").start();

    for (int round = 1; round <= 10; round++) {
      List<Run> runs = requested(sites.size());
      for (Run run : runs) {
        Event outcome = product.outcome(run.id());
        assertThat(outcome.data().state()).isEqualTo("failed");
        assertThat(outcome.data().recoveries()).isZero();
      }
      assertThat(sites).extracting(site -> site.requests("startBackup").size()).containsOnly(round);
    }
    assertThat(claims()).isEqualTo(10 * 80);
  }

  @Test
  void eight_hundred_starts_that_are_due_at_one_instant_and_refused_are_sent_once_each()
      throws Exception {
    List<SimulatedSite> sites = refusing(800, "500");
    product.yaml("limits: {spread: 0s, perHost: 50}\n").start();
    Instant due = Instant.now().plusSeconds(5).truncatedTo(ChronoUnit.MILLIS);
    Map<String, Site> configured = product.service().configuration().sites();
    List<Run> runs = new ArrayList<>();
    ProducerTemplate template = product.service().context().createProducerTemplate();
    for (int i = 0; i < sites.size(); i++) {
      BackupRequest request =
          product.service().beans().reader().scheduled(configured.get("shop-" + i), due);
      runs.add(template.requestBody("direct:backup-request", request, Run.class));
    }

    runs.forEach(run -> assertThat(product.outcome(run.id()).data().state()).isEqualTo("failed"));
    assertThat(sites).extracting(site -> site.requests("startBackup").size()).containsOnly(1);
    assertThat(claims()).isEqualTo(800);
  }

  @Test
  void a_run_begins_with_nothing_of_the_end_the_failure_or_the_request_before_it()
      throws Exception {
    List<SimulatedSite> sites = refusing(2, "500");
    SimulatedSite good = product.server().joomla("good").secret(RunningProduct.SECRET).steps(1);
    product
        .site("good", good.url(), "download: {to: archives/good}")
        .yaml("limits: {concurrent: 1, perHost: 1}\n")
        .start();
    List<String> brought = new CopyOnWriteArrayList<>();
    product.service().context().getManagementStrategy().addEventNotifier(begun(brought));
    ProducerTemplate caller = product.service().context().createProducerTemplate();
    for (String site : List.of("good", "shop-0", "good", "shop-1", "good")) {
      BackupRequest request =
          product
              .service()
              .beans()
              .reader()
              .readCommand(
                  "{\"site\":\"%s\",\"ifBusy\":\"queue\"}"
                      .formatted(site)
                      .getBytes(StandardCharsets.UTF_8),
                  "cli:test");
      caller.send(
          "direct:backup-request",
          exchange -> {
            exchange.getMessage().setBody(request);
            exchange.getMessage().setHeader("hostile", site);
            exchange.setVariable("backup-stored-archive", site);
            exchange.setProperty("hostile", site);
          });
    }

    List<String> runs = product.jdbc().queryForList("select id from run", String.class);
    assertThat(runs).hasSize(5);
    runs.forEach(product::outcome);
    assertThat(sites).extracting(site -> site.requests("startBackup").size()).containsOnly(1);
    assertThat(brought).hasSize(5).containsOnly("{}{}{}");
  }

  /** Each exchange that begins with a run: its variables, headers and properties. */
  private static EventNotifierSupport begun(List<String> brought) {
    return new EventNotifierSupport() {
      @Override
      public void notify(CamelEvent event) {
        if (event instanceof ExchangeCreatedEvent created
            && created.getExchange().getMessage().getBody() instanceof Run run
            && run.state() == RunState.RUNNING
            && created.getExchange().getProperty(Exchange.SPLIT_INDEX) == null) {
          Exchange exchange = created.getExchange();
          Map<String, Object> properties = new TreeMap<>(exchange.getAllProperties());
          properties.remove(Exchange.TO_ENDPOINT); // Camel's own, of this exchange
          brought.add(
              "%s%s%s"
                  .formatted(
                      exchange.getVariables(), exchange.getMessage().getHeaders(), properties));
        }
      }
    };
  }

  @Test
  void a_site_that_fails_is_not_told_with_the_archive_of_the_one_before() throws Exception {
    product = new RunningProduct(folder);
    SimulatedSite wiki = product.server().joomla("wiki").secret(RunningProduct.SECRET).steps(1);
    product
        .site("wiki", wiki.url(), "download: {to: \"archives/{site}\"}")
        .site("wrongsecret", wiki.url(), "secret: Wrong-Secret-9x")
        .site("dead", URI.create("http://127.0.0.1:9/index.php"))
        .start();

    List<Run> runs =
        Stream.of("wiki", "wrongsecret", "dead", "wiki", "dead")
            .map(site -> "{\"site\":\"%s\",\"ifBusy\":\"queue\"}".formatted(site))
            .map(product::request)
            .toList();

    for (Run run : runs) {
      Event.Data data = product.outcome(run.id()).data();
      assertThat(data.downloaded()).as(data.site()).hasSize(data.site().equals("wiki") ? 1 : 0);
    }
  }

  private List<SimulatedSite> refusing(int count, String status) {
    product = new RunningProduct(folder);
    String answer = "{\"status\":%s,\"data\":\"no\"}".formatted(status);
    List<SimulatedSite> sites = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SimulatedSite site =
          product.server().joomla("shop-" + i).secret(RunningProduct.SECRET).steps(1);
      site.fault(Fault.on("startBackup").always().answer(200, "application/json", answer));
      product.site("shop-" + i, site.url());
      sites.add(site);
    }
    return sites;
  }

  /** By several callers at once. */
  private List<Run> requested(int count) throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<Run>> asked =
          IntStream.range(0, count)
              .mapToObj(i -> callers.submit(() -> product.request("shop-" + i)))
              .toList();
      List<Run> runs = new ArrayList<>();
      for (Future<Run> one : asked) {
        runs.add(one.get());
      }
      return runs;
    } finally {
      callers.shutdown();
    }
  }

  private long claims() {
    return product.jdbc().queryForObject("select sum(claim) from run", Long.class);
  }
}
