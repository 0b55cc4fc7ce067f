package io.github.camelakeeba.bench;

import com.sun.management.OperatingSystemMXBean;
import io.github.camelakeeba.product.RunningProduct;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;

/**
 * Callers of the HTTP API, in a process of their own: each asks for one backup after the other, on
 * a connection of its own.
 */
final class RequestCallers implements AutoCloseable {
  private final CloseableHttpClient client = HttpClients.createDefault();
  private final URI address;
  private final int sites;
  private final String busy;

  private RequestCallers(URI address, int sites, String busy) {
    this.address = address;
    this.sites = sites;
    this.busy = busy;
  }

  /**
   * Starts it. It writes a line when the first requests are accepted, sends the others once its
   * input has ended, writes its CPU seconds for those, and the median and the 99th percentile of
   * their milliseconds, and ends with 0 when all of them are accepted.
   *
   * @param busy {@code queue} or {@code refuse}: what is asked for where the site is busy
   */
  static Process start(URI api, int before, int number, int sites, String busy) throws IOException {
    List<String> command = new ArrayList<>(Jvm.command("-Xmx256m", "-XX:+UseSerialGC"));
    command.addAll(
        List.of(
            RequestCallers.class.getName(),
            api.resolve("/api/backups").toString(),
            String.valueOf(before),
            String.valueOf(number),
            String.valueOf(sites),
            busy));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Address, requests before, requests, sites, and what is asked for where they are busy. */
  public static void main(String[] arguments) throws Exception {
    int before = Integer.parseInt(arguments[1]);
    int number = Integer.parseInt(arguments[2]);
    try (RequestCallers callers =
        new RequestCallers(
            URI.create(arguments[0]), Integer.parseInt(arguments[3]), arguments[4])) {
      callers.call(0, before);
      System.out.println();
      System.in.readAllBytes();
      double cpu = cpuSeconds();
      long[] nanos = callers.call(before, number);
      Arrays.sort(nanos);
      System.out.printf(
          Locale.ROOT,
          "%.2f %.2f %.2f%n",
          cpuSeconds() - cpu,
          nanos[number / 2] / 1e6,
          nanos[number * 99 / 100] / 1e6);
    }
  }

  private static double cpuSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  /** The nanoseconds of each. */
  private long[] call(int first, int number) throws Exception {
    long[] nanos = new long[number];
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(RequestsBenchmark.CALLERS);
    Callable<Void> caller =
        () -> {
          for (int i = next.getAndIncrement(); i < number; i = next.getAndIncrement()) {
            long begin = System.nanoTime();
            request(
                "{\"site\":\"site-%d\",\"ifBusy\":\"%s\"}".formatted((first + i) % sites, busy));
            nanos[i] = System.nanoTime() - begin;
          }
          return null;
        };
    List<Future<Void>> all = new ArrayList<>();
    for (int i = 0; i < RequestsBenchmark.CALLERS; i++) {
      all.add(threads.submit(caller));
    }
    for (Future<Void> one : all) {
      one.get();
    }
    threads.shutdown();
    return nanos;
  }

  private void request(String body) throws IOException {
    HttpPost post = new HttpPost(address);
    post.setHeader("Authorization", "Bearer " + RunningProduct.TOKEN);
    post.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    client.execute(
        post,
        answer -> {
          String text = EntityUtils.toString(answer.getEntity());
          if (answer.getCode() != 202) {
            throw new IllegalStateException("HTTP " + answer.getCode() + ": " + text);
          }
          return null;
        });
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
