package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.simulator.http.PhpJson;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One recorded request with its answer.
 *
 * @param request the recorded request
 * @param httpStatus 0 when no answer came
 * @param headers names as recorded
 * @param body as it came; only its beginning when abridged
 * @param abridged whether the recording leaves a long body out
 */
record RecordedExchange(
    RecordedRequest request,
    int httpStatus,
    Map<String, String> headers,
    byte[] body,
    boolean abridged) {
  private static final String SEGMENT = "{\"status\":200,\"data\":\"";

  String contentType() {
    return headers.getOrDefault("Content-Type", "");
  }

  /** Null when the body is no JSON, or abridged. */
  JsonNode json() {
    boolean json = contentType().startsWith("application/json") && body.length > 0;
    return json && !abridged ? PhpJson.parse(body) : null;
  }

  /** The body; an abridged Base64 text ends after as many whole bytes as there are. */
  byte[] playable() {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    if (!abridged || !text.startsWith(SEGMENT)) {
      return body;
    }
    String base64 =
        text.substring(SEGMENT.length())
            .replaceFirst("(?s)[^A-Za-z0-9+/\\\\].*", "") // a word on what was left out
            .replace("\\", "");
    return (SEGMENT + base64.substring(0, base64.length() / 4 * 4) + "\"}")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return request + " -> " + new String(body, StandardCharsets.ISO_8859_1);
  }
}
