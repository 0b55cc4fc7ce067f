package io.github.camelakeeba.rest;

/** A response; the body becomes JSON where the media type is of JSON, else is sent as it is. */
public record RestResponse(int status, String mediaType, Object body) {
  /** Seconds after which to ask again, or null. */
  public String retryAfter() {
    return status == 503 ? "5" : status == 202 ? "1" : null;
  }

  public boolean asJson() {
    return mediaType != null && mediaType.endsWith("json");
  }

  /** Whether a proxy must not buffer the body. */
  public boolean eventStream() {
    return RunEventStreams.MEDIA_TYPE.equals(mediaType);
  }

  public static RestResponse json(int status, Object body) {
    return new RestResponse(status, "application/json", body);
  }
}
