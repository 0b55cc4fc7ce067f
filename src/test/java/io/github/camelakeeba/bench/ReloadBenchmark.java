package io.github.camelakeeba.bench;

import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.reload.ConfigurationReload;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.camel.util.FileUtil;

/**
 * Reloads with random changes while runs are in flight: sites come, go, and move to another address
 * with another secret; tags, schedules, limits and the channel change; every third file is bad. By
 * hand:
 *
 * <pre>mvn -q -Pbench test -Dbench=ReloadBenchmark -Dargs="sites=1000 reloads=200"</pre>
 *
 * Arguments: {@code sites}, each with a run in flight; {@code reloads}; {@code seed} of what is
 * changed; {@code idle}: with so many sites, and no run, what a reload takes that adds one more.
 */
public final class ReloadBenchmark {
  private static final int STEPS = 8;
  private static final int CHANGES = 6; // sites, in each file
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path yaml;
  private final RunningProduct product;
  private final Random random;
  private final List<Place> places = new ArrayList<>();
  private final Map<String, String> runs = new LinkedHashMap<>(); // the site of each
  private final List<String> wrong = new ArrayList<>();
  private int concurrent;
  private int mailbox;

  /** What came of it; {@code wrong}: what must not be, a line each. */
  public record Figures(
      int runs, int taken, int refused, long medianMillis, long maxMillis, List<String> wrong) {}

  /** A site of the configuration, at one of two addresses, each with a secret of its own. */
  private static final class Place {
    private final String name;
    private final List<SimulatedSite> sites;
    private int now;
    private boolean there = true;
    private int hour;
    private int tag;

    Place(String name, List<SimulatedSite> sites) {
      this.name = name;
      this.sites = sites;
    }
  }

  private ReloadBenchmark(Path folder, RunningProduct product, long seed) {
    this.yaml = folder.resolve("config/sites.yaml");
    this.product = product;
    this.random = new Random(seed);
  }

  /** Prints one table. */
  public static void main(String[] arguments) throws Exception {
    Settings settings =
        new Settings(arguments, "sites", "1000", "reloads", "200", "seed", "1", "idle", "0");
    System.out.println(settings);
    Path folder = Files.createTempDirectory("reload");
    try {
      if (settings.number("idle") > 0) {
        System.out.printf(
            "adding a site to %s: %s ms%n",
            settings.number("idle"), addOne(folder, settings.number("idle")));
        return;
      }
      Figures figures =
          run(
              folder,
              settings.number("sites"),
              settings.number("reloads"),
              settings.number("seed"));
      System.out.printf(
          "runs %s, taken %s, refused %s, median %s ms, max %s ms, wrong %s%n",
          figures.runs(),
          figures.taken(),
          figures.refused(),
          figures.medianMillis(),
          figures.maxMillis(),
          figures.wrong().size());
      figures.wrong().stream().limit(20).forEach(System.out::println);
    } finally {
      FileUtil.removeDir(folder.toFile());
    }
  }

  /** From the command to its answer, in milliseconds. */
  private static List<Long> addOne(Path folder, int sites) throws Exception {
    try (RunningProduct product = new RunningProduct(folder).schedules()) {
      ReloadBenchmark bench = new ReloadBenchmark(folder, product, 1);
      SimulatedSite one = product.server().joomla("one").secret("Secret-of-one-and-all");
      for (int i = 0; i < sites; i++) {
        bench.places.add(new Place("site-" + i, List.of(one)));
      }
      bench.concurrent = 50;
      bench.start();
      List<Long> took = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        bench.places.add(new Place("added-" + i, List.of(one)));
        bench.write();
        long begun = System.nanoTime();
        bench.reload().reload("bench");
        took.add((System.nanoTime() - begun) / 1_000_000);
      }
      return took;
    }
  }

  /** A run of each site, and so many reloads while they are in flight. */
  public static Figures run(Path folder, int sites, int reloads, long seed) throws Exception {
    try (RunningProduct product = new RunningProduct(folder).schedules()) {
      return new ReloadBenchmark(folder, product, seed).run(sites, reloads);
    }
  }

  private Figures run(int sites, int reloads) throws Exception {
    for (int i = 0; i < sites; i++) {
      places.add(new Place("site-" + i, List.of(site(i, "a"), site(i, "b"))));
    }
    concurrent = sites;
    start();
    places.forEach(this::request);
    int taken = 0;
    int refused = 0;
    List<Long> took = new ArrayList<>();
    for (int i = 0; i < reloads; i++) {
      boolean bad = i % 3 == 0;
      change();
      if (bad) {
        Files.writeString(yaml, "sites:\n  site-0: {url: nowhere}\nlimits: {concurrent: many}\n");
      } else {
        write();
      }
      long begun = System.nanoTime();
      try {
        reload().reload("bench");
        taken++;
        took.add((System.nanoTime() - begun) / 1_000_000);
      } catch (ConfigurationException e) {
        refused++;
        if (!bad) {
          wrong.add("refused: " + e.getMessage());
        }
      }
      if (!bad) {
        request(places.get(random.nextInt(places.size())));
      }
    }
    check();
    took.sort(null);
    return new Figures(
        runs.size(), taken, refused, took.get(took.size() / 2), took.get(took.size() - 1), wrong);
  }

  private SimulatedSite site(int number, String which) {
    return product
        .server()
        .joomla("s%s%s".formatted(number, which))
        .secret(secret(number, which))
        .steps(STEPS)
        .stepTime(Duration.ofMillis(500));
  }

  private static String secret(int number, String which) {
    return "Secret-%s-of-%s-9fQ2".formatted(number, which);
  }

  private ConfigurationReload reload() {
    return product.service().beans().reloads().reload();
  }

  private void start() throws Exception {
    product.configure();
    write();
    product.startAsItIs();
  }

  private void change() {
    for (int i = 0; i < CHANGES; i++) {
      Place place = places.get(random.nextInt(places.size()));
      switch (random.nextInt(4)) {
        case 0 -> place.there = !place.there;
        case 1 -> place.now = 1 - place.now;
        case 2 -> place.hour = random.nextInt(24);
        default -> place.tag++;
      }
    }
    concurrent = places.size() + random.nextInt(places.size());
    mailbox = random.nextInt(5);
  }

  private void write() throws IOException {
    StringBuilder text = new StringBuilder("sites:\n");
    for (Place place : places) {
      if (place.there) {
        SimulatedSite site = place.sites.get(place.now);
        text.append("  ").append(place.name).append(":\n    url: ").append(site.url());
        text.append("\n    secret: ").append(site.secret());
        // not now: runs are asked for by hand
        text.append("\n    schedule: \"0 0 %s 1 1 ?\"".formatted(place.hour));
        text.append("\n    tags: [t%s]\n".formatted(place.tag));
      }
    }
    text.append("limits: {concurrent: %1$s, perHost: %1$s}\n".formatted(concurrent));
    text.append(
        "channels:\n  hook%s: {type: webhook, url: \"http://127.0.0.1:1/%s\"}\n"
            .formatted(mailbox, mailbox));
    text.append("notify:\n  - {on: [failed], to: [hook%s]}\n".formatted(mailbox));
    Files.writeString(yaml, text);
  }

  /** One that is switched out at this moment is refused, which is right. */
  private void request(Place place) {
    try {
      String request = "{\"site\":\"%s\",\"ifBusy\":\"queue\"}".formatted(place.name);
      runs.put(product.request(request).id(), place.name);
    } catch (RunRefusedException e) {
      if (product.service().configuration().sites().containsKey(place.name)) {
        wrong.add("refused: " + e.getMessage());
      }
    }
  }

  /** Each run has ended once, and each start at a site belongs to one of them. */
  private void check() {
    int begun = 0;
    for (Map.Entry<String, String> run : runs.entrySet()) {
      await()
          .atMost(PATIENCE)
          .until(() -> product.service().beans().runs().outcome(run.getKey()).isPresent());
      Event outcome = product.service().beans().runs().outcome(run.getKey()).orElseThrow();
      boolean completed = outcome.data().state().equals("completed");
      boolean gone =
          !completed
              && outcome.data().backupid() == null
              && outcome.data().error().message().contains("was taken out of sites.yaml");
      begun += completed ? 1 : 0;
      if (!completed && !gone) {
        wrong.add(run + ": " + outcome.data().error());
      }
    }
    int starts = 0;
    for (Place place : places) {
      for (SimulatedSite site : place.sites) {
        int here = site.requests("startBackup").size();
        starts += here;
        if (!site.violations().isEmpty()) {
          wrong.add(place.name + ": " + site.violations());
        }
        if (site.requests("stepBackup").size() != here * STEPS) {
          wrong.add(
              "%s: starts %s, steps %s"
                  .formatted(place.name, here, site.requests("stepBackup").size()));
        }
        site.requests().stream()
            .filter(request -> request.status() != 200)
            .forEach(request -> wrong.add(place.name + ": " + request.status()));
      }
    }
    if (starts != begun) {
      wrong.add("starts %s, runs that have begun and completed %s".formatted(starts, begun));
    }
  }
}
