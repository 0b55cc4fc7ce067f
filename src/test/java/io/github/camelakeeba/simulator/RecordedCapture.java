package io.github.camelakeeba.simulator;

import io.github.camelakeeba.capture.Captures;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of recorded exchanges with a real server, read from {@code src/test/resources/captures}.
 */
record RecordedCapture(String name, List<RecordedExchange> exchanges) {
  /** Reads a file by its name. */
  static RecordedCapture of(String name) {
    List<RecordedExchange> exchanges =
        Captures.of(name.replaceFirst("\\.txt$", "")).stream()
            .map(RecordedCapture::exchange)
            .toList();
    return new RecordedCapture(name, exchanges);
  }

  boolean joomla() {
    return name.startsWith("joomla");
  }

  /** The exchanges of one API method, in the order recorded. */
  List<RecordedExchange> of(List<String> methods) {
    return exchanges.stream().filter(each -> methods.contains(each.request().method())).toList();
  }

  private static RecordedExchange exchange(
      io.github.camelakeeba.capture.CapturedExchange recorded) {
    Map<String, String> headers = new LinkedHashMap<>();
    recorded
        .requestHeaders()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    RecordedRequest request =
        new RecordedRequest(
            0,
            recorded.verb(),
            recorded.target(),
            false,
            headers,
            recorded.requestBody().strip().getBytes(StandardCharsets.UTF_8));
    return new RecordedExchange(
        request,
        recorded.status(),
        recorded.headers(),
        recorded.body(),
        recorded.answered() && !recorded.complete());
  }
}
