package io.github.camelakeeba.akeeba;

import java.time.Duration;

/**
 * The answer of a call did not come, or what came is none: a time limit, a broken connection, a
 * gateway's page, half a body. Asked again later the site may answer; a call that only reads may be
 * sent again, any other only after a look (protocol page, section 6).
 */
public sealed class LostResponseException extends AkeebaException permits BadCertificateException {
  private final SendState sendState;
  private final Duration retryAfter;

  /** How far the call came. */
  public enum SendState {
    /** It never left: no host, no connection. */
    NOT_SENT,
    /** A gateway says that it has turned the call away: HTTP 429, or 503 with Retry-After. */
    REJECTED,
    /** Nobody knows; the site may still be at work on it. */
    UNKNOWN
  }

  /**
   * As {@link AkeebaException}.
   *
   * @param retryAfter how long the gateway wants to be left alone, or null
   */
  public LostResponseException(
      ErrorKind kind, String message, SendState reached, Duration retryAfter, Throwable cause) {
    super(kind, message, cause);
    this.sendState = reached;
    this.retryAfter = retryAfter;
  }

  /** How far the call came. */
  public SendState sendState() {
    return sendState;
  }

  /** How long the gateway wants to be left alone, or null. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
