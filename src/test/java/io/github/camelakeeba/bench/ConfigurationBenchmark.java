package io.github.camelakeeba.bench;

import io.github.camelakeeba.config.yaml.SitesLoader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * How long the whole configuration is read and checked, as a reload does: in one file, in a file
 * for each ten sites, as CSV. By hand:
 *
 * <pre>mvn -q -Pbench test -Dbench=ConfigurationBenchmark -Dargs="sites=10000 rounds=8"</pre>
 *
 * Arguments: {@code sites}, {@code rounds} of each, of which the last are those of a warm process,
 * {@code shape} one of file, folder, csv or all.
 */
public final class ConfigurationBenchmark {
  private static final Set<String> SHAPES = Set.of("file", "folder", "csv");

  private ConfigurationBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = new Settings(arguments, "sites", "10000", "rounds", "8", "shape", "all");
    System.out.println(settings);
    for (String shape : SHAPES.stream().sorted().toList()) {
      if (settings.text("shape").equals("all") || settings.text("shape").equals(shape)) {
        Path home = Files.createTempDirectory("configuration-benchmark");
        write(home, shape, settings.number("sites"));
        read(home, shape, settings.number("rounds"));
      }
    }
  }

  private static void read(Path home, String shape, int rounds) {
    var threads = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < rounds; i++) {
      long cpu = threads.getCurrentThreadCpuTime();
      long begin = System.nanoTime();
      int sites =
          new SitesLoader().load(home.resolve("config/sites.yaml"), text -> text).sites().size();
      System.out.printf(
          Locale.ROOT,
          "%-6s %d sites, round %d: %.2f s, %.2f s of CPU%n",
          shape,
          sites,
          i + 1,
          (System.nanoTime() - begin) / 1e9,
          (threads.getCurrentThreadCpuTime() - cpu) / 1e9);
    }
  }

  private static void write(Path home, String shape, int sites) throws Exception {
    Path config = Files.createDirectories(home.resolve("config/sites.d")).getParent();
    StringBuilder main =
        new StringBuilder(
            """
            defaults: {zone: Europe/Athens, overdueAfter: 26h}
            channels:
              hook: {type: webhook, url: "https://erp.example.com/in"}
            notify:
              - {on: [warning, failed], to: hook}
            """);
    if (shape.equals("csv")) {
      StringBuilder rows = new StringBuilder("name,domain,secret,schedule,tags\n");
      for (int i = 0; i < sites; i++) {
        rows.append(
            "shop-%1$d,shop-%1$d.example.com,secret-of-shop-%1$d,0 %2$d %3$d * * ?,a;b%n"
                .formatted(i, i % 60, i / 60 % 24));
      }
      Files.writeString(config.resolve("sites.csv"), rows);
      main.append("sources: [{from: sites.csv, template: {url: \"https://{domain}\"}}]\n");
    } else {
      int each = shape.equals("file") ? sites : 10;
      for (int i = 0; i < sites; i += each) {
        StringBuilder part = new StringBuilder("sites:\n");
        for (int j = i; j < Math.min(sites, i + each); j++) {
          part.append(
              """
                shop-%1$d:
                  url: https://shop-%1$d.example.com
                  secret: secret-of-shop-%1$d
                  schedule: "0 %2$d %3$d * * ?"
                  tags: [a, b]
              """
                  .formatted(j, j % 60, j / 60 % 24));
        }
        if (shape.equals("file")) {
          main.append(part);
        } else {
          Files.writeString(config.resolve("sites.d/part-%05d.yaml".formatted(i)), part);
        }
      }
    }
    Files.writeString(config.resolve("sites.yaml"), main);
  }
}
