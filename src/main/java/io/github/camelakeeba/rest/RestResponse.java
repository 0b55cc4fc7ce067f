package io.github.camelakeeba.rest;

import java.time.Instant;

/**
 * An answer of the HTTP API in the making.
 *
 * @param status the HTTP status
 * @param mediaType the media type of the body
 * @param body becomes JSON
 * @param run the run that is waited for, or null
 * @param until when the waiting ends, or null
 */
public record RestResponse(int status, String mediaType, Object body, String run, Instant until) {
  /** Whether to look again before it is sent. */
  public boolean pending() {
    return until != null;
  }

  /** Seconds after which to ask again, or null. */
  public String retryAfter() {
    return status == 503 ? "5" : status == 202 ? "1" : null;
  }

  public static RestResponse json(int status, Object body) {
    return new RestResponse(status, "application/json", body, null, null);
  }
}
