package io.github.camelakeeba.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Takes what is posted, and answers as a test says: each path has its own list of answers, of which
 * the last one stays. Without a list the answer is 204.
 */
public final class WebhookReceiver implements AutoCloseable {
  /** In the place of a status: the connection is held until the end. */
  public static final int HANG = 0;

  /** In the place of a status: the connection is closed without an answer. */
  public static final int RESET = -1;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Posted> posted = new CopyOnWriteArrayList<>();
  private final Map<String, List<Integer>> answers = new ConcurrentHashMap<>();
  private final CountDownLatch end = new CountDownLatch(1);

  /** One request. */
  public record Posted(String path, Map<String, List<String>> headers, String body, int answer) {
    /** The body as JSON. */
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Listens on loopback. */
  public WebhookReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  /** The address of this path. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** The path's answers from here on. */
  public WebhookReceiver answer(String path, Integer... statuses) {
    answers.put(path, new CopyOnWriteArrayList<>(statuses));
    return this;
  }

  /** All that came to this path, also what was not taken. */
  public List<Posted> all(String path) {
    return posted.stream().filter(one -> one.path().equals(path)).toList();
  }

  /** What came to this path and was answered with 2xx, as JSON. */
  public List<JsonNode> taken(String path) {
    return all(path).stream().filter(one -> one.answer() / 100 == 2).map(Posted::json).toList();
  }

  /** The ids of the events that the path has taken, in their order. */
  public List<String> ids(String path) {
    return taken(path).stream().map(json -> json.path("id").asText()).toList();
  }

  /** The state words of the events that the path has taken, in their order. */
  public List<String> states(String path) {
    return taken(path).stream().map(json -> json.at("/data/state").asText()).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int answer = next(path);
    posted.add(new Posted(path, Map.copyOf(exchange.getRequestHeaders()), body, answer));
    try (exchange) {
      if (answer == HANG) {
        end.await();
      } else if (answer != RESET) {
        exchange.sendResponseHeaders(answer, -1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized int next(String path) {
    List<Integer> left = answers.getOrDefault(path, List.of());
    return left.isEmpty() ? 204 : left.size() == 1 ? left.get(0) : left.remove(0);
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
