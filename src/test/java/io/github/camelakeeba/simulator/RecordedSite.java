package io.github.camelakeeba.simulator;

import io.github.camelakeeba.simulator.http.HttpListener;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/**
 * Plays a recording of a real site back, byte for byte. Each API method has its own order: the k-th
 * call gets the k-th recorded answer; read-only methods repeat their last one, and show the site
 * before anything was deleted. What the recording lacks comes from others of the same product; of
 * the abridged pieces of an archive only the beginning.
 */
public final class RecordedSite implements AutoCloseable {
  /** The secret word of all recordings; any other is accepted too. */
  public static final String SECRET = "Sample-Secret-8dK2mQ5xT7vZ1pLw";

  private static final Set<String> CHANGING = Set.of("startBackup", "stepBackup");
  private static final Set<String> DELETING = Set.of("delete", "deleteFiles");
  private static final Set<String> FRAMING =
      Set.of("Server", "Connection", "Transfer-Encoding", "Content-Length", "Content-Type");

  private final RecordedCapture capture;
  private final Map<String, List<RecordedExchange>> answers = new HashMap<>();
  private final Map<String, Integer> played = new HashMap<>();
  private final List<RecordedRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private final List<String> mismatches = new CopyOnWriteArrayList<>();
  private final HttpListener listener;

  private RecordedSite(String name) {
    capture = RecordedCapture.of(name);
    learn(capture);
    for (String other : others()) {
      learn(RecordedCapture.of(other));
    }
    listener = new HttpListener(ServerSocketFactory.getDefault(), this::answer);
  }

  /** Plays this file of {@code src/test/resources/captures}. */
  public static RecordedSite of(String name) {
    return new RecordedSite(name);
  }

  /** The endpoint of the recorded product. */
  public URI url() {
    ProductProfile product = capture.joomla() ? ProductProfile.JOOMLA : ProductProfile.WORDPRESS;
    return URI.create("http://127.0.0.1:" + listener.port() + "/" + product.endpoint);
  }

  /** All requests in the order of their arrival. */
  public List<RecordedRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** How many connections were opened. */
  public int connections() {
    return listener.connections();
  }

  /** Where the client did not do what the recorded one did. */
  public List<String> mismatches() {
    return List.copyOf(mismatches);
  }

  /** How many recorded stepBackup calls follow the first startBackup. */
  public int recordedSteps() {
    return answers.getOrDefault("stepBackup", List.of()).size();
  }

  @Override
  public void close() {
    listener.close();
  }

  private List<String> others() {
    return capture.joomla()
        ? List.of("joomla-01-happy-path.txt", "joomla-03-methods.txt")
        : List.of("wp-01-happy-path.txt", "wp-08-unwritable-output.txt");
  }

  private void learn(RecordedCapture file) {
    Map<String, List<RecordedExchange>> its = new HashMap<>();
    for (RecordedExchange exchange : file.exchanges()) {
      String method = exchange.request().method();
      if (DELETING.contains(method)) {
        break;
      }
      its.computeIfAbsent(method, each -> new ArrayList<>()).add(exchange);
    }
    if (file != capture) {
      its.keySet().removeAll(CHANGING);
    }
    its.forEach(answers::putIfAbsent);
  }

  private synchronized HttpReply answer(RecordedRequest request) {
    requests.add(request);
    String method = request.method();
    if (method.equals("listBackups") && !played.containsKey("startBackup")) {
      // no record is in status run before the start: an empty list, as 01 recorded it
      return reply(RecordedCapture.of(others().get(0)).of(List.of(method)).get(2));
    }
    List<RecordedExchange> known = answers.getOrDefault(method, List.of());
    int turn = played.merge(method, 1, Integer::sum);
    if (known.isEmpty() || (turn > known.size() && CHANGING.contains(method))) {
      mismatches.add("not recorded: call " + turn + " of " + method);
      return HttpReply.html(500, "not recorded");
    }
    RecordedExchange recorded = known.get(Math.min(turn, known.size()) - 1);
    compare(recorded.request(), request, "profile", "startBackup");
    compare(recorded.request(), request, "backupid", "stepBackup");
    return reply(recorded);
  }

  private void compare(RecordedRequest was, RecordedRequest is, String param, String method) {
    if (is.method().equals(method) && !was.param(param).equals(is.param(param))) {
      mismatches.add(
          method + ": " + param + " " + is.param(param) + ", recorded " + was.param(param));
    }
  }

  private static HttpReply reply(RecordedExchange recorded) {
    if (recorded.httpStatus() == 0) {
      return HttpReply.empty(200).ending(HttpReply.Ending.CLOSED);
    }
    Map<String, String> headers = new LinkedHashMap<>(recorded.headers());
    headers.keySet().removeAll(FRAMING);
    return HttpReply.of(recorded.httpStatus(), recorded.contentType(), recorded.playable())
        .headers(headers);
  }
}
