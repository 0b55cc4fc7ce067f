package io.github.camelakeeba.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Writes a reply, whole or with half of its body. */
final class HttpWriter {
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(200, "OK"),
          Map.entry(301, "Moved Permanently"),
          Map.entry(302, "Found"),
          Map.entry(303, "See Other"),
          Map.entry(307, "Temporary Redirect"),
          Map.entry(308, "Permanent Redirect"),
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(429, "Too Many Requests"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(502, "Bad Gateway"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(504, "Gateway Timeout"));

  private HttpWriter() {}

  static void write(HttpReply reply, RecordedRequest request, boolean keep, OutputStream out)
      throws IOException {
    if (reply.bulk() != null && !"HEAD".equals(request.verb())) {
      StreamedBody bulk = reply.bulk();
      out.write(head(reply, request, keep && reply.ending() == HttpReply.Ending.WHOLE, false));
      bulk.archive().write(bulk.from(), bulk.from() + bulk.sent(), out);
      out.flush();
      return;
    }
    byte[] body = reply.body();
    boolean trickled = reply.ending() == HttpReply.Ending.TRICKLED;
    boolean half = reply.ending() != HttpReply.Ending.WHOLE && !trickled;
    boolean chunked = reply.ending() == HttpReply.Ending.SHORT_CHUNKS || (!half && reply.chunked());
    int sent = half ? body.length / 2 : body.length;
    ByteArrayOutputStream whole = new ByteArrayOutputStream(512 + sent);
    whole.writeBytes(head(reply, request, keep && !half, chunked));
    if (!"HEAD".equals(request.verb())) {
      if (chunked && sent > 0) {
        whole.writeBytes(ascii(Integer.toHexString(sent) + "\r\n"));
      }
      whole.write(body, 0, sent);
      if (chunked && !half) {
        whole.writeBytes(ascii(sent > 0 ? "\r\n0\r\n\r\n" : "0\r\n\r\n"));
      }
    }
    if (trickled) {
      trickle(whole.toByteArray(), out);
    } else {
      whole.writeTo(out);
      out.flush();
    }
  }

  /** Each byte arrives before any read timeout, but the whole takes long. */
  private static void trickle(byte[] bytes, OutputStream out) throws IOException {
    for (byte each : bytes) {
      out.write(each);
      out.flush();
      LockSupport.parkNanos(50_000_000);
    }
  }

  private static byte[] head(
      HttpReply reply, RecordedRequest request, boolean keep, boolean chunked) {
    String reason =
        reply.reason() == null ? REASONS.getOrDefault(reply.status(), "") : reply.reason();
    StringBuilder head = new StringBuilder(512);
    head.append("HTTP/1.1 ").append(reply.status()).append(' ').append(reason).append("\r\n");
    head.append("Server: nginx/1.22.1\r\n");
    if (reply.type() != null) {
      head.append("Content-Type: ").append(reply.type()).append("\r\n");
    }
    if (!"HEAD".equals(request.verb())) {
      head.append(
          chunked
              ? "Transfer-Encoding: chunked\r\n"
              : "Content-Length: " + reply.length() + "\r\n");
    }
    if (!keep) {
      head.append("Connection: close\r\n");
    }
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return ascii(head.append("\r\n").toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
