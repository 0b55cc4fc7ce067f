package io.github.camelakeeba.simulator.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A reply; a body that is too large for memory is in {@code bulk}, which else is null. */
public record HttpReply(
    int status,
    String reason, // the reason phrase; null: the usual one
    String type, // the content type; null: no such header
    Map<String, String> headers,
    byte[] body,
    boolean chunked, // as PHP's answers are; false: with Content-Length
    Ending ending, // how its connection ends
    Duration delay, // before it is sent
    CountDownLatch held, // it is sent when this opens; null: at once
    StreamedBody bulk) {
  public enum Ending {
    WHOLE, // the whole answer; the connection stays open if the client allows it
    TRICKLED, // the whole answer, a byte at a time
    SHORT_BODY, // Content-Length promises more than comes; the connection is closed
    SHORT_CHUNKS, // chunks without the last one; the connection is closed
    CLOSED, // no answer, the connection is closed by FIN
    RESET // no answer, the connection is reset by RST
  }

  public static HttpReply of(int status, String type, byte[] body) {
    return new HttpReply(
        status, null, type, Map.of(), body, true, Ending.WHOLE, Duration.ZERO, null, null);
  }

  public static HttpReply of(int status, String type, String body) {
    return of(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpReply html(int status, String body) {
    return of(status, "text/html; charset=UTF-8", body);
  }

  public static HttpReply empty(int status) {
    return html(status, "");
  }

  public HttpReply reason(String text) {
    return new HttpReply(status, text, type, headers, body, chunked, ending, delay, held, bulk);
  }

  public HttpReply header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return headers(more);
  }

  public HttpReply headers(Map<String, String> all) {
    return new HttpReply(status, reason, type, all, body, chunked, ending, delay, held, bulk);
  }

  public HttpReply body(byte[] bytes) {
    return new HttpReply(status, reason, type, headers, bytes, chunked, ending, delay, held, bulk);
  }

  long length() {
    return bulk == null ? body.length : bulk.length();
  }

  public HttpReply bulk(StreamedBody large) {
    return new HttpReply(status, reason, type, headers, body, false, ending, delay, held, large);
  }

  public HttpReply ending(Ending how) {
    return new HttpReply(status, reason, type, headers, body, chunked, how, delay, held, bulk);
  }

  public HttpReply delayed(Duration time) {
    return new HttpReply(status, reason, type, headers, body, chunked, ending, time, held, bulk);
  }

  public HttpReply heldUntil(CountDownLatch release) {
    return new HttpReply(
        status, reason, type, headers, body, chunked, ending, delay, release, bulk);
  }
}
