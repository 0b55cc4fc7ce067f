package io.github.camelakeeba.akeeba;

import java.time.Duration;

/**
 * A call without an answer, or with something else in its place: a time limit, a broken connection,
 * a gateway's page, half a body. Later the site may answer; a call that only reads may be sent
 * again, any other only after a check of the site.
 */
public sealed class LostResponseException extends AkeebaException permits BadCertificateException {
  private final SendState sendState;
  private final Duration retryAfter;

  /** How far the call came. */
  public enum SendState {
    /** It never left: no host, no connection. */
    NOT_SENT,
    /** We kept it back: its note was too old by the time that it could go out. */
    WITHHELD,
    /** A gateway says that it has turned the call away: HTTP 429, or 503 with Retry-After. */
    REJECTED,
    /** Nobody knows; the site may still be at work on it. */
    UNKNOWN
  }

  public LostResponseException(
      ErrorKind kind, String message, SendState sendState, Duration retryAfter, Throwable cause) {
    super(kind, message, cause);
    this.sendState = sendState;
    this.retryAfter = retryAfter;
  }

  /** Whether nothing of the call has reached the site. */
  public boolean neverLeft() {
    return sendState == SendState.NOT_SENT || sendState == SendState.WITHHELD;
  }

  public SendState sendState() {
    return sendState;
  }

  /** How long the gateway wants to be left alone, or null. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
