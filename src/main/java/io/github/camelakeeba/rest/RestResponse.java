package io.github.camelakeeba.rest;

/**
 * A response; the body becomes JSON where the media type is of JSON, else is sent as it is.
 *
 * @param next of a page of a list where the next one is; null: there is none
 * @param total of a page how long the whole list is; null: it is no page
 */
public record RestResponse(int status, String mediaType, Object body, String next, Integer total) {
  public RestResponse(int status, String mediaType, Object body) {
    this(status, mediaType, body, null, null);
  }

  /** Seconds after which to ask again, or null. */
  public String retryAfter() {
    return status == 503 ? "5" : status == 202 ? "1" : null;
  }

  /** The header {@code Link} (RFC 8288), or null. */
  public String link() {
    return next == null ? null : "<%s>; rel=\"next\"".formatted(next);
  }

  public boolean asJson() {
    return mediaType != null && mediaType.endsWith("json");
  }

  /** Whether a proxy must not buffer the body. */
  public boolean eventStream() {
    return EventStream.MEDIA_TYPE.equals(mediaType);
  }

  public static RestResponse json(int status, Object body) {
    return new RestResponse(status, "application/json", body);
  }
}
