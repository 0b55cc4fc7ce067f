package io.github.camelakeeba.capture;

import java.util.Map;

/**
 * One recorded request and its response.
 *
 * @param capture the file's name without its ending, such as {@code joomla-01-happy-path}
 * @param number the exchange's number in the file, from 1
 * @param comment what the recorder noted; "" when nothing
 * @param verb the HTTP verb
 * @param target the request target, such as {@code /index.php?option=…}
 * @param method the API method, from the body, the query or the API v3 path; "" when none was sent
 * @param requestHeaders by name, in any case of letters
 * @param requestBody as sent; "" when there was none
 * @param status the HTTP status; 0 when the client did not wait for the response
 * @param headers the response's headers by name, in any case of letters; the last one of a name
 * @param body the response's body, where {@link #complete}
 * @param complete false when the recording keeps only the body's beginning, escaped
 */
public record CapturedExchange(
    String capture,
    int number,
    String comment,
    String verb,
    String target,
    String method,
    Map<String, String> requestHeaders,
    String requestBody,
    int status,
    Map<String, String> headers,
    byte[] body,
    boolean complete) {

  /** Whether a response was recorded. */
  public boolean answered() {
    return status != 0;
  }

  @Override
  public String toString() {
    return capture + " [" + number + "] " + method + " " + comment;
  }
}
