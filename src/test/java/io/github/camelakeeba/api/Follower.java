package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.product.RunningProduct;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A follower of server-sent events, as a browser is. */
final class Follower implements AutoCloseable {
  private final HttpResponse<InputStream> response;
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private volatile boolean ended;

  /** An event that has arrived. */
  record Event(String id, String name, String data) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(data);
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + data, e);
      }
    }

    /** The run that it is about, or "". */
    String run() {
      return name.equals("outcome") ? json().path("subject").asText() : json().path("id").asText();
    }
  }

  Follower(HttpRequest.Builder request) throws Exception {
    response = HttpClient.newHttpClient().send(request.GET().build(), BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
    Thread reader = new Thread(this::read, "follower");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      String id = null;
      String name = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          events.add(new Event(id, name, line.substring(6)));
        }
      }
    } catch (IOException e) {
      // the test or the server has closed it
    }
    ended = true;
  }

  List<Event> events() {
    return events;
  }

  /** Whether the server has ended the stream. */
  boolean ended() {
    return ended;
  }

  /** The first event like this, once it has come. */
  Event first(Predicate<Event> wanted) {
    await().atMost(RunningProduct.PATIENCE).until(() -> events.stream().anyMatch(wanted));
    return events.stream().filter(wanted).findFirst().orElseThrow();
  }

  /** The outcome of the run, once it has come. */
  Event outcome(String run) {
    return first(one -> one.name().equals("outcome") && one.run().equals(run));
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
