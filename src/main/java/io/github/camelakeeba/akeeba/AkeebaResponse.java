package io.github.camelakeeba.akeeba;

import java.time.Duration;
import java.time.Instant;

/**
 * What came back over HTTP, before anybody understood it.
 *
 * @param method the API method that was called, such as {@code stepBackup}
 * @param httpStatus the HTTP status, 100 to 599
 * @param contentType the Content-Type header, or null
 * @param date the server's own clock (Date header), or null
 * @param retryAfter how long a gateway wants to be left alone (Retry-After header), or null
 * @param body the body as it came; empty when there was none
 */
public record AkeebaResponse(
    String method,
    int httpStatus,
    String contentType,
    Instant date,
    Duration retryAfter,
    byte[] body)
    implements CallResult {

  @Override
  public boolean answered() {
    return true;
  }
}
