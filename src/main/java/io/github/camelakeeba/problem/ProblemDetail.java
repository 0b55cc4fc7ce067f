package io.github.camelakeeba.problem;

import java.util.Arrays;
import java.util.Locale;
import org.apache.hc.core5.http.impl.EnglishReasonPhraseCatalog;

/**
 * A problem document (RFC 9457).
 *
 * @param type what went wrong, for programs: {@link Kind#type()}
 * @param title what HTTP calls the status
 * @param status the HTTP status, also in a reply over another protocol
 */
public record ProblemDetail(String type, String title, int status, String detail) {
  /** Its media type: JSON is UTF-8, and has no parameter that says so. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** What can go wrong; each has a published word, and one status. */
  public enum Kind {
    BAD_REQUEST(400),
    /** No token, or a wrong one. */
    UNAUTHORIZED(401),
    /** The sender of a hook has not proved that it knows the secret. */
    UNPROVED(401),
    /** The trigger may not ask for this site. */
    NOT_ADMITTED(403),
    /** The scope of the token, or its tags, do not allow the call. */
    NOT_ALLOWED(403),
    /**
     * A page of another site, or one that does not say so, makes the call with a user's session.
     */
    OTHER_ORIGIN(403),
    UNKNOWN_ADDRESS(404),
    API_OFF(404),
    UNKNOWN_SITE(404),
    UNKNOWN_CHANNEL(404),
    UNKNOWN_RUN(404),
    UNKNOWN_ARCHIVE(404),
    METHOD_NOT_ALLOWED(405),
    /** A run of the site is queued or running. */
    BUSY(409),
    /** The site is switched off in the configuration. */
    SWITCHED_OFF(409),
    ENDED(409),
    /** The file of an archive is not there any more. */
    GONE(410),
    LENGTH_REQUIRED(411),
    TOO_LARGE(413),
    ADDRESS_TOO_LONG(414),
    /** The body is compressed. */
    ENCODED(415),
    /** The name in the address is none of this service. */
    FOREIGN_HOST(421),
    /** The file has none of the bytes that are wanted. */
    NO_SUCH_PART(416),
    /** The configuration that was to be loaded has problems; all are named. */
    REFUSED_CONFIGURATION(422),
    TOO_MANY_CALLS(429),
    /** Too many wrong tokens from one address. */
    TOO_MANY_ATTEMPTS(429),
    HEADERS_TOO_LONG(431),
    INTERNAL(500),
    STORE_AWAY(503),
    /** All connections to the store are in use. */
    STORE_BUSY(503),
    /** Too many runs are followed already. */
    TOO_MANY_FOLLOWERS(503),
    /** Too many files are being fetched already. */
    TOO_MANY_DOWNLOADS(503),
    STOPPING(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }

    /** The URN: {@code urn:camel-akeeba-backup:problem:<word>}. */
    public String type() {
      return "urn:camel-akeeba-backup:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
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

    /** The kind of this URN, or null. */
    public static Kind ofType(String type) {
      return Arrays.stream(values())
          .filter(kind -> kind.type().equals(type))
          .findFirst()
          .orElse(null);
    }
  }

  public static ProblemDetail of(Kind kind, String detail) {
    return of(kind, kind.status(), detail);
  }

  /** The same with another status, as HTTP itself has some. */
  public static ProblemDetail of(Kind kind, int status, String detail) {
    String title = EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ENGLISH);
    return new ProblemDetail(kind.type(), title, status, detail);
  }
}
