package io.github.camelakeeba.product;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands before a simulated site and answers some of its methods itself, byte by byte as a script
 * says, also for ever; it counts what it got rid of, and notices when the client hangs up.
 */
final class ScriptedFront implements AutoCloseable {
  private static final Pattern METHOD = Pattern.compile("(?:^|[&\\n])method=([A-Za-z]+)");
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

  private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final URI site;
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> sent = new ConcurrentHashMap<>();
  private volatile CountDownLatch hungUp = new CountDownLatch(1);

  /** Writes an answer; ends, or throws when the client has hung up. */
  interface Script {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  /** Before this site. */
  ScriptedFront(URI site) throws IOException {
    this.site = site;
    inBackground(this::accept);
  }

  /** The address of the site behind. */
  URI url() {
    return URI.create(site.toString().replace(":" + site.getPort(), ":" + entrance.getLocalPort()));
  }

  /** The next call of this method gets this answer, and never reaches the site. */
  ScriptedFront once(String method, Script script) {
    hungUp = new CountDownLatch(1);
    scripts.put(method, script);
    return this;
  }

  /** Bytes that went out as answers of this method; the buffers of the system took some. */
  long sent(String method) {
    return sent.getOrDefault(method, new AtomicLong()).get();
  }

  /** Whether the client has hung up in the middle of a scripted answer by then. */
  boolean hungUpWithin(int seconds) throws InterruptedException {
    return hungUp.await(seconds, TimeUnit.SECONDS);
  }

  private void accept() throws IOException {
    while (!entrance.isClosed()) {
      Socket client = entrance.accept();
      inBackground(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      byte[] request = request(client.getInputStream());
      if (request.length == 0) {
        return;
      }
      Matcher method = METHOD.matcher(new String(request, StandardCharsets.ISO_8859_1));
      String name = method.find() ? method.group(1) : "";
      Script script = scripts.remove(name);
      if (script == null) {
        pass(request, client);
        return;
      }
      AtomicLong count = sent.computeIfAbsent(name, key -> new AtomicLong());
      try {
        script.write(new Counting(client.getOutputStream(), count));
      } catch (IOException e) {
        hungUp.countDown();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** One request a connection: the site is told so. */
  private void pass(byte[] request, Socket client) throws IOException {
    String text = new String(request, StandardCharsets.ISO_8859_1);
    String once =
        text.replaceFirst("(?i)\r\nconnection: [^\r]*", "")
            .replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    try (Socket behind = new Socket(site.getHost(), site.getPort())) {
      behind.getOutputStream().write(once.getBytes(StandardCharsets.ISO_8859_1));
      behind.getOutputStream().flush();
      behind.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private static byte[] request(InputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    int head = -1;
    int body = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      read.write(next);
      if (head < 0 && next == '\n') {
        String text = read.toString(StandardCharsets.ISO_8859_1);
        if (text.endsWith("\r\n\r\n")) {
          head = read.size();
          Matcher length = LENGTH.matcher(text);
          body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        }
      }
      if (head >= 0 && read.size() == head + body) {
        return read.toByteArray();
      }
    }
    return new byte[0];
  }

  private static final class Counting extends OutputStream {
    private final OutputStream out;
    private final AtomicLong count;

    Counting(OutputStream out, AtomicLong count) {
      this.out = out;
      this.count = count;
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      count.incrementAndGet();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count.addAndGet(length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void inBackground(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // the other side is gone
              }
            },
            "scripted-front");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
  }
}
