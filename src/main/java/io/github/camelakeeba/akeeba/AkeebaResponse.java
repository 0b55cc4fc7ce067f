package io.github.camelakeeba.akeeba;

import java.time.Duration;
import java.time.Instant;

/**
 * An HTTP response, before it is parsed.
 *
 * @param method the API method that was called, such as {@code stepBackup}
 * @param date the server's own clock (Date header), or null
 * @param retryAfter how long a gateway wants to be left alone (Retry-After header), or null
 * @param body empty when there was none
 */
public record AkeebaResponse(
    String method, int httpStatus, Instant date, Duration retryAfter, byte[] body)
    implements CallResult {
  @Override
  public boolean unanswered() {
    return false;
  }
}
