package io.github.camelakeeba.rest;

import java.util.Map;

/**
 * A response; the body becomes JSON where the media type is of JSON, else is sent as it is.
 *
 * @param headers of its own, by name
 * @param identity what the entity tag is made of, where it is not the body; null: the body
 */
public record RestResponse(
    int status, String mediaType, Object body, Map<String, String> headers, Object identity) {
  public RestResponse(int status, String mediaType, Object body) {
    this(status, mediaType, body, Map.of(), null);
  }

  /**
   * Camel looks up what a bean has by the bean itself, at each {@code ${…}}: of a large body each
   * would read all.
   */
  @Override
  public int hashCode() {
    return status;
  }

  /** Whether it has headers of its own. */
  public boolean hasHeaders() {
    return !headers.isEmpty();
  }

  /** Seconds after which to ask again, or null. */
  public String retryAfter() {
    return status == 503 ? "5" : status == 202 ? "1" : null;
  }

  /** The header of this name, or null. */
  public String header(String name) {
    return headers.get(name);
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

  public RestResponse with(Map<String, String> more) {
    return new RestResponse(status, mediaType, body, more, identity);
  }
}
