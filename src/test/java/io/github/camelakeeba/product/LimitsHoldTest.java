package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No more runs at once than the limits allow, and as many as they allow. */
class LimitsHoldTest {
  private static final int SITES = 9;

  @TempDir Path folder;

  private final List<SimulatedSite> sites = new ArrayList<>();

  /** A run as the site saw it, in nanoseconds. */
  private record Span(long from, long to) {
    boolean holds(long instant) {
      return from <= instant && instant <= to;
    }
  }

  @Test
  void concurrent_is_the_most_runs_at_once() throws Exception {
    assertThat(mostAtOnce("limits: {concurrent: 3, perHost: 9}\n", "enabled: true")).isEqualTo(3);
  }

  @Test
  void perHost_is_the_most_runs_at_once_on_one_host() throws Exception {
    assertThat(mostAtOnce("limits: {concurrent: 9, perHost: 2}\n", "host: web7")).isEqualTo(2);
  }

  @Test
  void sites_of_one_host_run_one_after_the_other_by_default() throws Exception {
    assertThat(mostAtOnce("", "enabled: true")).isEqualTo(1);
  }

  private int mostAtOnce(String limits, String line) throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      for (int i = 0; i < SITES; i++) {
        SimulatedSite site =
            product.server().joomla("shop-" + i).secret(RunningProduct.SECRET).steps(3);
        sites.add(site.stepTime(Duration.ofMillis(60)));
        product.site("shop-" + i, site.url(), line);
      }
      product.yaml(limits).start();
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < SITES; i++) {
        runs.add(product.request("shop-" + i));
      }
      for (Run run : runs) {
        assertThat(product.outcome(run.id()).data().state()).isEqualTo("completed");
      }
      return mostAtOnce();
    }
  }

  private int mostAtOnce() {
    List<Span> spans = sites.stream().map(LimitsHoldTest::span).toList();
    return spans.stream()
        .mapToInt(span -> (int) spans.stream().filter(each -> each.holds(span.from())).count())
        .max()
        .orElse(0);
  }

  private static Span span(SimulatedSite site) {
    Stream<RecordedRequest> requests = site.requests().stream();
    List<Long> answers = requests.map(RecordedRequest::answeredNanos).toList();
    return new Span(site.requests().get(0).arrivedNanos(), answers.get(answers.size() - 1));
  }
}
