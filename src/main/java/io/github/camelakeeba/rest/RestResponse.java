package io.github.camelakeeba.rest;

/**
 * An answer of the HTTP API in the making.
 *
 * @param status the HTTP status
 * @param mediaType the media type of the body
 * @param body becomes JSON
 */
public record RestResponse(int status, String mediaType, Object body) {
  /** Seconds after which to ask again, or null. */
  public String retryAfter() {
    return status == 503 ? "5" : status == 202 ? "1" : null;
  }

  public static RestResponse json(int status, Object body) {
    return new RestResponse(status, "application/json", body);
  }
}
