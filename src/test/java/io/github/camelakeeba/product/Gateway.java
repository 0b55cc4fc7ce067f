package io.github.camelakeeba.product;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way to a server: passes bytes on, takes a connection and hangs up, or falls silent while all
 * stays connected.
 */
public final class Gateway implements AutoCloseable {
  private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger toHangUp = new AtomicInteger();
  private final AtomicInteger hungUp = new AtomicInteger();
  private final URI server;
  private volatile boolean silent;
  private volatile URI elsewhere;
  private final AtomicInteger astray = new AtomicInteger();

  /** Before this server: host and port count. */
  public Gateway(URI server) throws IOException {
    this.server = server;
    inBackground(this::accept);
  }

  /** Where it begins. */
  public int port() {
    return entrance.getLocalPort();
  }

  /** From now on nothing comes through, in either direction. */
  public void silence() {
    silent = true;
  }

  /** So many of the next connections come to nothing. */
  void hangUp(int connections) {
    toHangUp.set(connections);
  }

  /** Ends each connection, and lets no other through until {@link #mend}. */
  public void cut() throws IOException {
    toHangUp.set(Integer.MAX_VALUE);
    for (Socket socket : open) {
      socket.close();
    }
  }

  public void mend() {
    toHangUp.set(0);
  }

  /** So many of the next connections go to another server. */
  void leadAstray(URI to, int connections) {
    elsewhere = to;
    astray.set(connections);
  }

  /** How many of them are still to come. */
  int astray() {
    return astray.get();
  }

  int hungUp() {
    return hungUp.get();
  }

  private void accept() throws IOException {
    while (!entrance.isClosed()) {
      Socket client = entrance.accept();
      open.add(client);
      inBackground(() -> serve(client));
    }
  }

  /** Also where the server is down: then the client's connection ends, and no other. */
  private void serve(Socket client) throws IOException {
    try (client) {
      if (toHangUp.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        hungUp.incrementAndGet();
        client.getInputStream().read(); // the handshake has begun
        return;
      }
      boolean away = astray.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
      URI to = away ? elsewhere : server;
      Socket behind = new Socket(to.getHost(), to.getPort());
      open.add(behind);
      inBackground(() -> pass(behind, client));
      pass(client, behind);
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      byte[] bytes = new byte[65_536];
      for (int n = from.getInputStream().read(bytes);
          n > 0;
          n = from.getInputStream().read(bytes)) {
        if (!silent) {
          to.getOutputStream().write(bytes, 0, n);
          to.getOutputStream().flush();
        }
      }
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
            "gateway");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
