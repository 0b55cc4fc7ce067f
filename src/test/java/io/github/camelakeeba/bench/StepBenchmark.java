package io.github.camelakeeba.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * What a step costs: whole runs of 500 steps against the simulated site, the database in a file,
 * taken in turn with a bare HttpClient 5 loop on one kept connection. By hand:
 *
 * <pre>mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   "-Dexec.args=-cp %classpath io.github.camelakeeba.bench.StepBenchmark 15"</pre>
 */
public final class StepBenchmark {
  private static final int STEPS = 500;
  private static final int WARM_UP = 30;

  private StepBenchmark() {}

  /** The argument is the number of measured pairs, 15 by default. */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("backup.log.level", "error");
    int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    Path folder = Files.createTempDirectory("step-benchmark");
    try (RunningProduct product = new RunningProduct(folder).durable();
        CloseableHttpClient client = HttpClients.createDefault()) {
      SimulatedSite site =
          product.server().joomla("bench").secret(RunningProduct.SECRET).steps(STEPS);
      product.site("bench", site.url()).start();
      List<Double> routes = new ArrayList<>();
      List<Double> bare = new ArrayList<>();
      List<Double> bareCpu = new ArrayList<>();
      List<Double> routeCpu = new ArrayList<>();
      for (int i = -WARM_UP; i < pairs; i++) {
        long cpu = cpu();
        double bareMillis = bare(client, site.url());
        bareCpu.add((cpu() - cpu) / 1e6 / STEPS);
        cpu = cpu();
        double routeMillis = routes(product, site);
        routeCpu.add((cpu() - cpu) / 1e6 / STEPS);
        if (i >= 0) {
          bare.add(bareMillis);
          routes.add(routeMillis);
        }
      }
      report(bare, routes, site);
      line("processor, bare loop", bareCpu.subList(WARM_UP, bareCpu.size()));
      line("processor, product", routeCpu.subList(WARM_UP, routeCpu.size()));
    }
    System.exit(0);
  }

  /** Milliseconds a step of the product: from the claim to the outcome, all requests and writes. */
  private static double routes(RunningProduct product, SimulatedSite site) {
    long before = site.connections();
    int requests = site.requests().size();
    Event outcome = product.backup("bench");
    if (!outcome.data().state().equals("completed")) {
      throw new IllegalStateException("the run has failed: " + outcome.data().error());
    }
    int sent = site.requests().size() - requests;
    if (sent > STEPS + 1 + 5 || site.connections() - before > 1) {
      throw new IllegalStateException(
          sent + " requests, " + (site.connections() - before) + " new connections");
    }
    Duration took = Duration.between(outcome.data().startedAt(), outcome.data().endedAt());
    return took.toNanos() / 1e6 / STEPS;
  }

  /** Milliseconds a step of a loop that does nothing but send, and read HasRun. */
  private static double bare(CloseableHttpClient client, URI url) throws Exception {
    ObjectMapper json = new ObjectMapper();
    long begin = System.nanoTime();
    var start = json.readTree(post(client, url, "method=startBackup&profile=1")).path("data");
    String step = "method=stepBackup&backupid=" + start.path("backupid").asText();
    while (json.readTree(post(client, url, step)).path("data").path("HasRun").asBoolean()) {
      // the next one
    }
    return (System.nanoTime() - begin) / 1e6 / STEPS;
  }

  private static String post(CloseableHttpClient client, URI url, String body) throws Exception {
    HttpPost post = new HttpPost(url);
    post.setHeader("X-Akeeba-Auth", RunningProduct.SECRET);
    post.setEntity(new StringEntity(body, ContentType.APPLICATION_FORM_URLENCODED));
    return client.execute(
        post, answer -> EntityUtils.toString(answer.getEntity(), StandardCharsets.UTF_8));
  }

  private static void report(List<Double> bare, List<Double> routes, SimulatedSite site) {
    List<Double> added = new ArrayList<>();
    for (int i = 0; i < bare.size(); i++) {
      added.add(routes.get(i) - bare.get(i));
    }
    System.out.printf(
        "%d pairs of runs of %d steps, JDK %s%n", bare.size(), STEPS, Runtime.version());
    line("bare HttpClient 5 loop", bare);
    line("the product's run", routes);
    line("added by the product", added);
    System.out.printf("violations seen by the site: %s%n", site.violations());
  }

  /** Nanoseconds of processor time of this process, the simulated site's included. */
  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void line(String name, List<Double> millis) {
    List<Double> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    System.out.printf(
        "%-24s min %.3f  median %.3f  max %.3f ms a step%n",
        name, sorted.get(0), sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
  }
}
