package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody else's start during one of our steps, as the real servers take it: the worker finishes
 * its step, the record goes back to run, and the run ends complete with a destroyed archive.
 */
@Tag("slow")
@Tag("fault")
class StartDuringAStepTest {
  private static final Map<String, Integer> KINDS =
      Map.of("jpa", 1, "jpa-split", 3, "zip", 1, "zip-split", 3, "jps", 1);

  /** Of ten: in the installer, in the dump, in the files, at their end, at the very end. */
  private static final List<Integer> STEPS = List.of(1, 4, 5, 6, 10);

  @TempDir Path folder;

  @Test
  void is_found_in_archives_of_every_kind_of_both_products_whenever_it_comes() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      Map<String, SimulatedSite> sites = new LinkedHashMap<>();
      for (String kind : KINDS.keySet()) {
        for (int step : STEPS) {
          add(product, sites, "j-" + kind + "-" + step, step);
          add(product, sites, "w-" + kind + "-" + step, step);
        }
      }
      product.yaml("limits: {concurrent: 50, perHost: 50}\n").start();
      Map<String, String> runs = new LinkedHashMap<>();
      sites.keySet().forEach(name -> runs.put(name, product.request(name).id()));

      for (Map.Entry<String, SimulatedSite> each : sites.entrySet()) {
        Event.Data told = product.outcome(runs.get(each.getKey())).data();
        SimulatedSite site = each.getValue();
        assertThat(site.records().get(1).get("status").asText())
            .as(each.getKey())
            .isEqualTo("complete");
        assertThat(site.archiveBroken(1)).as(each.getKey()).isTrue();
        assertThat(told.state()).as("%s, %s", each.getKey(), told).isEqualTo("failed");
        assertThat(told.error().kind()).as(each.getKey()).isEqualTo("restarted-on-server");
        assertThat(site.violations()).as(each.getKey()).isEmpty();
      }
    }
  }

  private static void add(
      RunningProduct product, Map<String, SimulatedSite> sites, String name, int step) {
    SimulatedSite site =
        name.startsWith("j") ? product.server().joomla(name) : product.server().wordpress(name);
    String kind = name.substring(2, name.lastIndexOf('-'));
    site.secret(RunningProduct.SECRET).kind(kind.substring(0, 3)).parts(KINDS.get(kind));
    site.fault(
        Fault.on("stepBackup").nth(step).inside(() -> site.foreignStart("backend").finish()));
    product.site(name, site.url(), "retry: {unreachable: 0, untrusted: 0}");
    sites.put(name, site);
  }
}
