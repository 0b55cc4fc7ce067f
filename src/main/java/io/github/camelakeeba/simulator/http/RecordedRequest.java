package io.github.camelakeeba.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

public final class RecordedRequest {
  final boolean keepAlive;
  private final int connection;
  private final String verb;
  private final String target;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Map<String, String> query;
  private final Map<String, String> params;
  private final Instant arrived = Instant.now();
  private final long arrivedNanos = System.nanoTime();
  private volatile long answeredNanos = -1;
  private volatile int status;

  public RecordedRequest(
      int connection,
      String verb,
      String target,
      boolean keepAlive,
      Map<String, String> headers,
      byte[] body) {
    this.connection = connection;
    this.verb = verb;
    this.target = target;
    this.keepAlive = keepAlive;
    this.headers = Collections.unmodifiableMap(headers);
    this.body = body;
    int mark = target.indexOf('?');
    this.query = decode(mark < 0 ? "" : target.substring(mark + 1));
    this.params =
        "GET".equals(verb) || "HEAD".equals(verb)
            ? query
            : decode(new String(body, StandardCharsets.UTF_8));
  }

  /** Decodes a form; the last of equal names wins, as in PHP. */
  private static Map<String, String> decode(String form) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : form.split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        pairs.put(decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]));
      }
    }
    return Collections.unmodifiableMap(pairs);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** The number of the connection that it came on, from 1. */
  public int connection() {
    return connection;
  }

  public String verb() {
    return verb;
  }

  public String path() {
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /** The query as it was sent, with its question mark; "" when there is none. */
  public String rawQuery() {
    return target.substring(path().length());
  }

  /** The API method as sent, "" when there is none; a GET of v3 has it at the path's end. */
  public String method() {
    String path = path();
    return "GET".equals(verb) && path.contains("/v3/akeebabackup/")
        ? path.substring(path.lastIndexOf('/') + 1)
        : params.getOrDefault("method", "");
  }

  /** A parameter from where the verb puts it (GET: query, POST: body), "" when absent. */
  public String param(String name) {
    return params.getOrDefault(name, "");
  }

  /** All parameters from there; decoded, in the order sent. */
  public Map<String, String> params() {
    return params;
  }

  public Map<String, String> query() {
    return query;
  }

  /** A header, "" when absent; repeated ones are joined by comma and space. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** All headers, names in lower case. */
  public Map<String, String> headers() {
    return headers;
  }

  public byte[] body() {
    return body.clone();
  }

  /** When it was read, on the wall clock. */
  public Instant arrived() {
    return arrived;
  }

  public long arrivedNanos() {
    return arrivedNanos;
  }

  /** When the answer was about to be written, {@link System#nanoTime}; -1 while there is none. */
  public long answeredNanos() {
    return answeredNanos;
  }

  /** The HTTP status of the answer; 0 while there is none, and when none was sent. */
  public int status() {
    return status;
  }

  public int bodyLength() {
    return body.length;
  }

  void answered(int httpStatus) {
    status = httpStatus;
    answeredNanos = System.nanoTime();
  }

  /** Without headers and query, which may hold the secret. */
  @Override
  public String toString() {
    Map<String, String> shown = new LinkedHashMap<>(params);
    shown.remove("_akeebaAuth");
    return verb + " " + path() + " " + shown;
  }
}
