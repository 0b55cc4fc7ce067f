package io.github.camelakeeba.akeeba;

import org.apache.camel.component.http.HttpComponent;

/**
 * The components {@code backup-http} and {@code backup-files}: HTTP that sends a call once, and
 * follows nothing. It is our own, so that neither a host's {@code http} component nor ours changes
 * the other.
 */
public final class SingleCalls {
  /** The scheme of its endpoints. */
  public static final String SCHEME = "backup-http";

  /** The scheme of those whose answer is a file, which is passed on as it comes. */
  public static final String FILES = "backup-files";

  /** An answer is read whole, within a bound of ours, so no stream cache is kept for it, bytes. */
  private static final int WHOLE = 16 * 1024 * 1024;

  private SingleCalls() {}

  /** For one Camel context. */
  public static HttpComponent component() {
    HttpComponent http = single();
    http.setResponsePayloadStreamingThreshold(WHOLE);
    return http;
  }

  /** The same for files. */
  public static HttpComponent files() {
    HttpComponent http = single();
    http.setResponsePayloadStreamingThreshold(-1);
    return http;
  }

  private static HttpComponent single() {
    HttpComponent http = new HttpComponent();
    // a lone bean of the host would become part of it
    http.setAutowiredEnabled(false);
    // camel-http repeats 503, 429 and broken GETs by itself otherwise; a step must never be
    // repeated
    http.setAutomaticRetriesDisabled(true);
    http.setFollowRedirects(false);
    return http;
  }
}
