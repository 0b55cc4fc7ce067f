package io.github.camelakeeba.bench;

import io.github.camelakeeba.config.yaml.SitesLoader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How soon the program is there, by the start script of the unpacked distribution: {@code --help},
 * {@code check}, {@code status} and {@code serve} with two sites, without and with the archive of
 * loaded classes; and how long a configuration of many sites is read, in this process. By hand:
 *
 * <pre>mvn -q package -DskipTests
 * mvn -q -Pbench test -Dbench=StartBenchmark -Dargs="rounds=9 sites=10000"</pre>
 *
 * Arguments: {@code rounds} of each, of which the table shows the median; {@code sites} that are
 * read; {@code java}, the folder of another one.
 */
public final class StartBenchmark {
  private static final List<String> COMMANDS = List.of("--help", "check", "status", "serve");
  private static final String READY = "serving 2 sites";
  private static final long PATIENCE = 300; // seconds

  private final Settings settings;
  private final Path folder = Files.createTempDirectory("start-benchmark");
  private final StartScript script;

  private record Start(double wall, double cpu, long mib) {}

  private StartBenchmark(Settings settings) throws IOException {
    this.settings = settings;
    script = StartScript.find(settings.text("java"));
  }

  public static void main(String[] arguments) throws Exception {
    new StartBenchmark(
            new Settings(
                arguments,
                "rounds",
                "5",
                "sites",
                "10000",
                "java",
                System.getProperty("java.home")))
        .run();
    System.exit(0);
  }

  private void run() throws Exception {
    configure(folder, 2);
    System.out.printf(
        Locale.ROOT, "start by %s, %s, of each the median%n", settings.text("java"), settings);
    System.out.printf(
        "%-8s %-8s %8s %8s %8s %8s %8s%n",
        "command", "archive", "wall s", "CPU s", "MiB", "classes", "archived");
    start("serve", "off"); // makes the store
    for (String archive : List.of("off", "")) {
      if (archive.isEmpty()) {
        script.makeArchive(folder);
      }
      for (String command : COMMANDS) {
        row(command, archive);
      }
    }
    read();
  }

  private void row(String command, String archive) throws Exception {
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < settings.number("rounds"); i++) {
      starts.add(start(command, archive));
    }
    Path classes = folder.resolve("classes.log");
    start(command, archive, "-Xlog:class+load:file=" + classes);
    List<String> loaded = Files.readAllLines(classes);
    System.out.printf(
        Locale.ROOT,
        "%-8s %-8s %8.2f %8.2f %8d %8d %8d%n",
        command,
        archive.isEmpty() ? "yes" : "no",
        median(starts.stream().map(Start::wall).toList()),
        median(starts.stream().map(Start::cpu).toList()),
        starts.stream().mapToLong(Start::mib).max().orElse(0),
        loaded.size(),
        loaded.stream().filter(line -> line.contains("shared objects file (top)")).count());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  /** To the end of a command, or until a serve says that it is there. */
  private Start start(String command, String archive, String... options) throws Exception {
    Path log = folder.resolve("log");
    // the shell waits for the command, so that its processor time is known
    List<String> line = new ArrayList<>(List.of("sh", "-c", "\"$@\"; times >&2", "sh"));
    boolean serve = command.equals("serve");
    if (serve) {
      line.subList(0, 4).clear();
    }
    line.addAll(List.of(script.file().toString(), command, "--home", folder.toString()));
    ProcessBuilder builder =
        script.process(line, archive, List.of(options)).redirectError(log.toFile());
    long begin = System.nanoTime();
    Process process = builder.start();
    if (!serve) {
      process.waitFor(PATIENCE, TimeUnit.SECONDS);
      return new Start(seconds(begin), childSeconds(Files.readString(log)), 0);
    }
    while (!Files.readString(log).contains(READY)) {
      if (!process.isAlive() || seconds(begin) > PATIENCE) {
        throw new IllegalStateException(Files.readString(log));
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
    double wall = seconds(begin);
    ProcessFigures figures = ProcessFigures.of(process.pid());
    Start start = new Start(wall, figures.cpuSeconds(), figures.peakMib());
    process.destroy();
    process.waitFor(PATIENCE, TimeUnit.SECONDS);
    return start;
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Of the second line of what the shell's times prints, such as 0m1.25s 0m0.10s. */
  private static double childSeconds(String log) {
    List<String> lines = log.lines().toList();
    return Arrays.stream(lines.get(lines.size() - 1).split(" "))
        .mapToDouble(
            time -> {
              String[] parts = time.replace("s", "").split("m");
              return 60 * Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]);
            })
        .sum();
  }

  private void read() throws Exception {
    int sites = settings.number("sites");
    Path home = Files.createDirectory(folder.resolve("many"));
    configure(home, sites);
    var threads = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < settings.number("rounds"); i++) {
      long cpu = threads.getCurrentThreadCpuTime();
      long begin = System.nanoTime();
      new SitesLoader().load(home.resolve("config/sites.yaml"), text -> text);
      System.out.printf(
          Locale.ROOT,
          "%d sites read%s in %.2f s, %.2f s of CPU%n",
          sites,
          i == 0 ? " for the first time" : " again",
          seconds(begin),
          (threads.getCurrentThreadCpuTime() - cpu) / 1e9);
    }
  }

  private static void configure(Path home, int sites) throws IOException {
    StringBuilder yaml = new StringBuilder("defaults: {zone: Europe/Athens}\nsites:\n");
    for (int i = 0; i < sites; i++) {
      yaml.append(
          """
            shop-%1$d:
              url: https://shop-%1$d.example.com/index.php?option=com_akeebabackup&view=api&format=raw
              secret: secret-of-shop-%1$d
              schedule: "0 %2$d %3$d * * ?"
          """
              .formatted(i, i % 60, i / 60 % 24));
    }
    yaml.append("channels:\n  hook: {type: webhook, url: \"https://erp.example.com/in\"}\n");
    yaml.append("notify:\n  - {on: [warning, failed], to: hook}\n");
    Files.writeString(Files.createDirectories(home.resolve("config")).resolve("sites.yaml"), yaml);
    Files.writeString(
        home.resolve("config/application.properties"),
        "backup.api.token = a-token-of-a-benchmark\nbackup.api.port = 0\n");
  }
}
