package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.app.cli.backend.SiteClient.SiteReport;
import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.service.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Several sites are tested at once, within the limits that backups have. */
public final class SiteTests {
  private static final int MAX_THREADS = 100;

  /** One of report and failure is null. */
  public record Result(Site site, SiteReport report, AkeebaException failure) {}

  private final Service service;
  private final Consumer<Result> listener;

  /**
   * @param listener hears of each result at once, from several threads
   */
  public SiteTests(Service service, Consumer<Result> listener) {
    this.service = service;
    this.listener = listener;
  }

  /** In the order of the sites. */
  public List<Result> run(Collection<Site> sites) throws InterruptedException, ExecutionException {
    Limits limits = service.configuration().limits();
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.min(MAX_THREADS, limits.concurrent()));
    try {
      List<Future<Map<String, Result>>> running = new ArrayList<>();
      for (List<Site> lane : lanes(sites, limits.perHost())) {
        running.add(threads.submit(() -> run(lane)));
      }
      Map<String, Result> results = new LinkedHashMap<>();
      for (Future<Map<String, Result>> lane : running) {
        results.putAll(lane.get());
      }
      return sites.stream().map(site -> results.get(site.name())).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  /** Of each host at most so many: the sites of one are tested one after the other. */
  static Collection<List<Site>> lanes(Collection<Site> sites, int perHost) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    Map<String, List<Site>> lanes = new LinkedHashMap<>();
    for (Site site : sites) {
      int number = numbers.merge(site.host(), 1, Integer::sum);
      String lane = number % perHost + " " + site.host();
      lanes.computeIfAbsent(lane, key -> new ArrayList<>()).add(site);
    }
    return lanes.values();
  }

  private Map<String, Result> run(List<Site> lane) {
    Map<String, Result> results = new LinkedHashMap<>();
    for (Site site : lane) {
      Result result = test(site);
      results.put(site.name(), result);
      listener.accept(result);
    }
    return results;
  }

  private Result test(Site site) {
    try {
      return new Result(site, new SiteClient(service, site).test(), null);
    } catch (AkeebaException e) {
      return new Result(site, null, e);
    }
  }
}
