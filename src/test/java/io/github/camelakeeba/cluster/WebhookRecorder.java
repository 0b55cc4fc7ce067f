package io.github.camelakeeba.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelakeeba.event.EventJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Takes webhooks and notes the ids of their events. {@code /hook} takes a moment for each; {@code
 * /held} keeps the first one of each event until it is let go.
 */
final class WebhookRecorder implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final List<String> held = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  WebhookRecorder() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", exchange -> take(exchange, posted, 30));
    server.createContext("/held", this::hold);
    server.setExecutor(threads);
    server.start();
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The ids of the events that {@code /hook} got, also those that it got twice. */
  List<String> posted() {
    return List.copyOf(posted);
  }

  /** The ids of the events that {@code /held} got, also those that it got twice. */
  List<String> held() {
    return List.copyOf(held);
  }

  private void hold(HttpExchange exchange) throws IOException {
    String id = id(exchange);
    boolean first = !held.contains(id);
    held.add(id);
    answer(exchange, first ? 600_000 : 0);
  }

  private void take(HttpExchange exchange, List<String> list, long pause) throws IOException {
    list.add(id(exchange));
    answer(exchange, pause);
  }

  private static String id(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    return new EventJson().read(new String(body, StandardCharsets.UTF_8)).id();
  }

  private void answer(HttpExchange exchange, long pause) throws IOException {
    try (exchange) {
      end.await(pause, TimeUnit.MILLISECONDS);
      exchange.sendResponseHeaders(204, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
