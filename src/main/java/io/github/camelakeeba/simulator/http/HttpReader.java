package io.github.camelakeeba.simulator.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads the requests of one connection: HTTP/1.0 and 1.1, plain and chunked bodies. */
final class HttpReader {
  private static final int MAX_LINE_LENGTH = 64 * 1024;
  private static final int MAX_BODY_BYTES = 8 * 1024 * 1024;

  private final InputStream in;
  private final OutputStream out;
  private final int connection;

  /** The output is for {@code 100 Continue} only. */
  HttpReader(InputStream in, OutputStream out, int connection) {
    this.in = new BufferedInputStream(in, 8192);
    this.out = out;
    this.connection = connection;
  }

  /** Null at the end; {@link ProtocolException} or {@link NumberFormatException}: not HTTP. */
  RecordedRequest next() throws IOException {
    String line = line();
    while (line != null && line.isEmpty()) {
      line = line();
    }
    if (line == null) {
      return null;
    }
    String[] words = line.split(" ");
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      throw new ProtocolException("not a request line of HTTP/1");
    }
    Map<String, String> headers = headers();
    String option = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    boolean keep =
        words[2].equals("HTTP/1.1") ? !option.contains("close") : option.contains("keep");
    return new RecordedRequest(
        connection, words[0], origin(words[1]), keep, headers, body(headers));
  }

  /** The path and query, also of the absolute form that a client sends to its proxy. */
  private static String origin(String target) {
    if (!target.startsWith("http://")) {
      return target;
    }
    int slash = target.indexOf('/', "http://".length());
    return slash < 0 ? "/" : target.substring(slash);
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); line != null && !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("a header without a colon");
      }
      headers.merge(
          line.substring(0, colon).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip(),
          (first, second) -> first + ", " + second);
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return chunks();
    }
    return bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      whole.writeBytes(bytes(size));
      if (whole.size() > MAX_BODY_BYTES) {
        throw new ProtocolException("the body is too large");
      }
      line();
    }
    headers();
    return whole.toByteArray();
  }

  private int chunkSize() throws IOException {
    String line = line();
    if (line == null) {
      throw new ProtocolException("the body ends early");
    }
    return Integer.parseInt(line.split(";")[0].strip(), 16);
  }

  private byte[] bytes(int length) throws IOException {
    if (length < 0 || length > MAX_BODY_BYTES) {
      throw new ProtocolException("the body is too large");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new ProtocolException("the body ends early");
    }
    return bytes;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        return line.isEmpty() ? null : line.toString();
      }
      if (c != '\r') {
        line.append((char) c);
      }
      if (line.length() > MAX_LINE_LENGTH) {
        throw new ProtocolException("the line is too long");
      }
    }
    return line.toString();
  }
}
