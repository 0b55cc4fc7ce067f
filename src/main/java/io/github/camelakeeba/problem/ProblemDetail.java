package io.github.camelakeeba.problem;

import java.util.Arrays;
import java.util.Locale;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;

/**
 * A problem document (RFC 9457).
 *
 * @param type what went wrong, for programs: {@link Kind#type()}
 * @param title what HTTP calls the status
 * @param status the HTTP status, also where the answer goes another way
 * @param detail a sentence for the sender
 */
public record ProblemDetail(String type, String title, int status, String detail) {
  /** Its media type: JSON is UTF-8, and has no parameter that says so. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String NAMESPACE = "urn:camel-akeeba-backup:problem:";

  /** What can go wrong; each has a word that stays, and one status. */
  public enum Kind {
    /** A parameter or the body is wrong. */
    BAD_REQUEST(400),
    /** No token, or a wrong one. */
    UNAUTHORIZED(401),
    /** The sender of a hook has not proved that it knows the secret. */
    UNPROVED(401),
    /** The trigger may not ask for this site. */
    NOT_ADMITTED(403),
    /** There is nothing at this address. */
    UNKNOWN_ADDRESS(404),
    /** The API is off. */
    API_OFF(404),
    /** No such site. */
    UNKNOWN_SITE(404),
    /** No such channel. */
    UNKNOWN_CHANNEL(404),
    /** No such run. */
    UNKNOWN_RUN(404),
    /** The address does not support this method. */
    METHOD_NOT_ALLOWED(405),
    /** A run of the site is queued or running. */
    BUSY(409),
    /** The site is switched off in the configuration. */
    SWITCHED_OFF(409),
    /** The run has ended already. */
    ENDED(409),
    /** The body has no Content-Length. */
    LENGTH_REQUIRED(411),
    /** The body is too long. */
    TOO_LARGE(413),
    /** The address is too long. */
    ADDRESS_TOO_LONG(414),
    /** The body is compressed. */
    ENCODED(415),
    /** More calls than are allowed. */
    TOO_MANY_CALLS(429),
    /** The headers are too long. */
    HEADERS_TOO_LONG(431),
    /** This program failed. */
    INTERNAL(500),
    /** The store is away. */
    STORE_AWAY(503),
    /** All connections to the store are in use. */
    STORE_BUSY(503),
    /** Too many runs are followed already. */
    TOO_MANY_FOLLOWERS(503),
    /** This program stops. */
    STOPPING(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The URN: {@code urn:camel-akeeba-backup:problem:<word>}. */
    public String type() {
      return NAMESPACE + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a problem that was found by its status only. */
    public static Kind of(int status) {
      return status == STOPPING.status
          ? STOPPING
          : Arrays.stream(values())
              .filter(kind -> kind.status == status)
              .findFirst()
              .orElse(status < INTERNAL.status ? BAD_REQUEST : INTERNAL);
    }

    /** The kind that a problem document names, or null: it is none of these. */
    public static Kind ofType(String type) {
      return Arrays.stream(values())
          .filter(kind -> kind.type().equals(type))
          .findFirst()
          .orElse(null);
    }
  }

  /** The document. */
  public static ProblemDetail of(Kind kind, String detail) {
    return of(kind, kind.status(), detail);
  }

  /** The same with another status, as HTTP itself has some. */
  public static ProblemDetail of(Kind kind, int status, String detail) {
    String title = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ENGLISH);
    return new ProblemDetail(kind.type(), title, status, detail);
  }
}
