package io.github.camelakeeba.run;

import java.util.Locale;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;

/**
 * A problem document (RFC 9457).
 *
 * @param title what HTTP calls the status
 * @param status the HTTP status, also where the answer goes another way
 * @param detail a sentence for the sender
 */
public record Problem(String type, String title, int status, String detail) {
  /** Its media type. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The document. */
  public static Problem of(int status, String detail) {
    String title = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ENGLISH);
    return new Problem("about:blank", title, status, detail);
  }
}
