package io.github.camelakeeba.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.store.SqlTime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.util.FileUtil;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the stream of all changes costs: CPU of the program, in % of a core, without and with
 * followers, in turn, while runs begin, make progress and end at the same pace. By hand:
 *
 * <pre>mvn -q -Pbench test -Dbench=StreamBenchmark -Dbench.heap=1g</pre>
 *
 * Arguments: {@code store}, h2 or postgres; {@code sites}; {@code followers}; {@code changes} in
 * {@code minutes}; {@code seconds} of each part, and how many {@code pairs} of parts without and
 * with followers are measured, after one that is not. The followers are a process of their own.
 */
public final class StreamBenchmark {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Settings settings;
  private final RunningProduct product;
  private int made;

  private StreamBenchmark(Settings settings, RunningProduct product) {
    this.settings = settings;
    this.product = product;
  }

  /** Prints one table; with the arguments {@code follow} and an address it is the followers. */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length == 3 && arguments[0].equals("follow")) {
      follow(URI.create(arguments[1]), Integer.parseInt(arguments[2]));
      return;
    }
    System.setProperty("backup.log.level", "error");
    Settings settings =
        new Settings(
            arguments,
            "store",
            "h2",
            "sites",
            "10000",
            "followers",
            "3",
            "changes",
            "10000",
            "minutes",
            "30",
            "seconds",
            "60",
            "pairs",
            "1");
    boolean postgres = settings.text("store").equals("postgres");
    Path folder = Files.createTempDirectory("stream");
    try (BenchPostgres server = postgres ? new BenchPostgres() : null;
        RunningProduct product = new RunningProduct(folder).api().property("backup.api.rate = 0")) {
      for (int i = 0; i < settings.number("sites"); i++) {
        product.site(
            "site-" + i,
            URI.create("http://127.0.0.1:9/" + i + "/remote.php"),
            "schedule: \"0 %d %d * * ?\"".formatted(i % 60, i % 24));
      }
      (postgres ? product.postgres(server.url()) : product.durable()).start();
      product.jdbc().update("update standing set last_good_at = current_timestamp");
      new StreamBenchmark(settings, product).run();
    } finally {
      FileUtil.removeDir(folder.toFile());
    }
    System.exit(0);
  }

  private void run() throws Exception {
    product.jdbc().update("insert into node (id, alive_until) values ('other', current_timestamp)");
    Executors.newSingleThreadScheduledExecutor()
        .scheduleAtFixedRate(this::beat, 0, 500, TimeUnit.MILLISECONDS);
    measured(true);
    System.out.printf("%s, JDK %s%n", settings, Runtime.version());
    System.out.println("| followers | CPU, % of a core | changes | messages |\n|---|---|---|---|");
    for (int pair = 0; pair < settings.number("pairs"); pair++) {
      print(0, measured(false));
      print(settings.number("followers"), measured(true));
    }
  }

  private void beat() {
    product
        .jdbc()
        .update(
            "update node set alive_until = ? where id = 'other'",
            SqlTime.of(Instant.now().plusSeconds(60)));
  }

  private record Part(double percent, int changes, String messages) {}

  private static void print(int followers, Part part) {
    System.out.printf(
        Locale.ROOT,
        "| %d | %.2f | %d | %s |%n",
        followers,
        part.percent(),
        part.changes(),
        part.messages());
  }

  private Part measured(boolean followed) throws Exception {
    Process followers = followed ? startFollowers() : null;
    pause(Duration.ofSeconds(3)); // the first question reads all
    int before = made;
    long begun = System.nanoTime();
    long cpu = PROCESS.getProcessCpuTime();
    long between =
        Duration.ofMinutes(settings.number("minutes")).toNanos() / settings.number("changes");
    long end = begun + Duration.ofSeconds(settings.number("seconds")).toNanos();
    for (long due = begun; due < end; due += between) {
      pause(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
      change();
    }
    double percent =
        100.0 * (PROCESS.getProcessCpuTime() - cpu) / (double) (System.nanoTime() - begun);
    return new Part(percent, made - before, followed ? stop(followers) : "");
  }

  /**
   * Of each site in turn a run begins, makes progress and ends; each time one of them changes. They
   * are another node's, which is alive, so that this one leaves them alone.
   */
  private void change() {
    JdbcTemplate jdbc = product.jdbc();
    String site = "site-" + made / 3 % settings.number("sites");
    String run = "run-" + made / 3;
    Object now = SqlTime.of(Instant.now());
    switch (made++ % 3) {
      case 0 ->
          jdbc.update(
              """
              insert into run (id, site, active_site, host, state, trigger_kind, profile,
                description, comment_text, overrides, due_at, queued_at, started_at, owner, claim)
              values (?, ?, ?, 'h', 'running', 'schedule', 1, '', '', '{}', ?, ?, ?, 'other', 1)
              """,
              run,
              site,
              site,
              now,
              now,
              now);
      case 1 ->
          jdbc.update("update run set progress = 50, steps = 9, step = ? where id = ?", site, run);
      default ->
          product
              .database()
              .together(
                  () -> {
                    jdbc.update(
                        """
                        update run set state = 'completed', active_site = null, owner = null,
                          ended_at = ?, outcome = ? where id = ?
                        """,
                        now,
                        "{\"specversion\":\"1.0\",\"id\":\"%s\",\"data\":{\"text\":\"%s\"}}"
                            .formatted(run, "o".repeat(1500)),
                        run);
                    jdbc.update(
                        """
                        update standing set last_good_at = ?, failures = 0, last_run = ?,
                          last_state = 'completed', last_ended_at = ?,
                          change = nextval('standing_change')
                        where site = ?
                        """,
                        now,
                        run,
                        now,
                        site);
                  });
    }
  }

  private Process startFollowers() throws IOException {
    List<String> command = new ArrayList<>(Jvm.command("-Xmx64m", "-XX:+UseSerialGC"));
    command.add(StreamBenchmark.class.getName());
    command.add("follow");
    command.add(product.service().apiAddress().toString());
    command.add(settings.text("followers"));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** What they have received. */
  private static String stop(Process followers) throws IOException, InterruptedException {
    followers.getOutputStream().close();
    String told =
        new String(followers.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    followers.waitFor();
    return told;
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  /** Until the standard input ends. */
  private static void follow(URI address, int followers) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/api/events"))
            .header("Authorization", "Bearer " + RunningProduct.TOKEN)
            .build();
    List<int[]> counts = new ArrayList<>();
    for (int i = 0; i < followers; i++) {
      InputStream body = client.send(request, BodyHandlers.ofInputStream()).body();
      int[] count = new int[1];
      counts.add(count);
      Thread reader = new Thread(() -> count(body, count));
      reader.setDaemon(true);
      reader.start();
    }
    while (System.in.read() >= 0) {
      // nothing is told, but the end
    }
    System.out.println(counts.stream().map(count -> String.valueOf(count[0])).toList());
    System.exit(0);
  }

  private static void count(InputStream body, int[] count) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        count[0] += line.startsWith("event: ") ? 1 : 0;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
