package io.github.camelakeeba.bench;

import io.github.camelakeeba.product.RunningProduct;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Callers of the HTTP API, in a process of their own: each asks for one backup after the other. */
final class RequestCallers {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;
  private final int sites;

  private RequestCallers(URI address, int sites) {
    this.address = address;
    this.sites = sites;
  }

  /**
   * Starts it. It writes a byte when the first requests are accepted, sends the others once its
   * input has ended, and ends with 0 when all of them are accepted.
   */
  static Process start(URI api, int warmup, int number, int sites) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            RequestCallers.class.getName(),
            api + "/api/backups",
            String.valueOf(warmup),
            String.valueOf(number),
            String.valueOf(sites))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Address, requests before, requests, sites. */
  public static void main(String[] arguments) throws Exception {
    RequestCallers callers =
        new RequestCallers(URI.create(arguments[0]), Integer.parseInt(arguments[3]));
    callers.call(Integer.parseInt(arguments[1]));
    System.out.write('\n');
    System.out.flush();
    System.in.readAllBytes();
    callers.call(Integer.parseInt(arguments[2]));
  }

  private void call(int number) throws Exception {
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(RequestsBenchmark.CALLERS);
    Callable<Void> caller =
        () -> {
          for (int i = next.getAndIncrement(); i < number; i = next.getAndIncrement()) {
            request("{\"site\":\"site-%d\",\"ifBusy\":\"queue\"}".formatted(i % sites));
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
  }

  private void request(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + RunningProduct.TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status = client.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 202) {
      throw new IllegalStateException("HTTP " + status);
    }
  }
}
