package io.github.camelakeeba.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes webhooks at {@code /hook}; at {@code /broken} it never does. */
final class OutcomeReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();

  OutcomeReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/hook", this::take);
    server.createContext("/broken", this::refuse);
    server.setExecutor(threads);
    server.start();
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** How the run ended, as often as it was told. */
  List<Event> outcomes(String run) {
    return events.stream()
        .filter(event -> event.subject().equals(run) && !event.data().state().equals("started"))
        .toList();
  }

  /** That a site has no good backup, as often as it was told. */
  List<Event> missed(String site) {
    return events.stream()
        .filter(event -> event.subject().equals(site) && event.data().state().equals("missed"))
        .toList();
  }

  /** What was posted, word by word. */
  List<String> bodies() {
    return List.copyOf(bodies);
  }

  /** How many messages {@code /broken} has refused. */
  int refused() {
    return refused.get();
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    bodies.add(body);
    events.add(new EventJson().read(body));
    answer(exchange, 204);
  }

  private void refuse(HttpExchange exchange) throws IOException {
    refused.incrementAndGet();
    answer(exchange, 500);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
