package io.github.camelakeeba.s3;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The way to a server of S3, one request a connection: answers some requests itself, spoils bytes
 * of others, changes what the server says of itself. The host that is signed stays.
 */
final class S3Front implements AutoCloseable {
  private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final URI server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  /** What happens to the requests that fit, so many times. */
  private record Rule(
      Predicate<String> fits,
      AtomicInteger times,
      String answer,
      boolean spoilt,
      Runnable then,
      UnaryOperator<String> head) {
    boolean takes(String request) {
      return fits.test(request) && times.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
  }

  S3Front(URI server) throws IOException {
    this.server = server;
    inBackground(this::accept);
  }

  String address() {
    return "127.0.0.1:" + entrance.getLocalPort();
  }

  /** Method and target of each request, in order. */
  List<String> requests() {
    return requests;
  }

  List<String> requests(String pattern) {
    return requests.stream().filter(request -> request.matches(pattern)).toList();
  }

  /** So many requests that match get an error of S3. */
  S3Front refuse(String pattern, int times, int status, String code, String message) {
    String body =
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
            .formatted(code, message);
    String answer =
        "HTTP/1.1 %d Sorry\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(status, body.length(), body);
    return rule(pattern, times, answer, false, null, UnaryOperator.identity());
  }

  /** The body of so many requests that match arrives with another last byte. */
  S3Front spoil(String pattern, int times) {
    return rule(pattern, times, null, true, null, UnaryOperator.identity());
  }

  /** The connection of so many requests that match breaks off after this. */
  S3Front hangUp(String pattern, int times, Runnable after) {
    return rule(pattern, times, "", false, after, UnaryOperator.identity());
  }

  /** So many answers to requests that match begin otherwise. */
  S3Front rewrite(String pattern, int times, UnaryOperator<String> head) {
    return rule(pattern, times, null, false, null, head);
  }

  private S3Front rule(
      String pattern,
      int times,
      String answer,
      boolean spoilt,
      Runnable then,
      UnaryOperator<String> head) {
    rules.add(
        new Rule(
            request -> request.matches(pattern),
            new AtomicInteger(times),
            answer,
            spoilt,
            then,
            head));
    return this;
  }

  void clear() {
    rules.clear();
  }

  private void accept() throws IOException {
    while (!entrance.isClosed()) {
      Socket client = entrance.accept();
      inBackground(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      String head = head(client.getInputStream());
      if (head.isEmpty()) {
        return;
      }
      String request = head.replaceFirst("(?s) HTTP/1.1\r\n.*", "");
      requests.add(request);
      Rule rule = rules.stream().filter(one -> one.takes(request)).findFirst().orElse(null);
      long length = length(head);
      if (rule != null && rule.answer() != null) {
        pass(client.getInputStream(), OutputStream.nullOutputStream(), length, false);
        if (rule.then() != null) {
          rule.then().run();
        }
        client.getOutputStream().write(rule.answer().getBytes(StandardCharsets.UTF_8));
        return;
      }
      try (Socket behind = new Socket(server.getHost(), server.getPort())) {
        write(behind, closing(head));
        pass(
            client.getInputStream(),
            behind.getOutputStream(),
            length,
            rule != null && rule.spoilt());
        behind.getOutputStream().flush();
        String answer = head(behind.getInputStream());
        write(client, closing(rule == null ? answer : rule.head().apply(answer)));
        behind.getInputStream().transferTo(client.getOutputStream());
      }
    }
  }

  private static void write(Socket to, String head) throws IOException {
    to.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String closing(String head) {
    return head.replaceAll("(?im)^connection:.*\r\n", "")
        .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
  }

  private static long length(String head) {
    var found = java.util.regex.Pattern.compile("(?im)^content-length: *(\\d+)").matcher(head);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      head.write(b);
      last = last << 8 | b;
      if (last == 0x0D0A0D0A) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  private static void pass(InputStream in, OutputStream out, long length, boolean spoilt)
      throws IOException {
    byte[] buffer = new byte[65_536];
    for (long left = length; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (count < 0) {
        throw new IOException("the client has hung up");
      }
      left -= count;
      if (left == 0 && spoilt) {
        buffer[count - 1] ^= 1;
      }
      out.write(buffer, 0, count);
    }
  }

  private static void inBackground(Closeable task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.close();
              } catch (IOException e) {
                // the other side is gone
              }
            },
            "s3-front");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }
}
