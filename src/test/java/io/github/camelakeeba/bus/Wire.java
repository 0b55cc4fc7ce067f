package io.github.camelakeeba.bus;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The way to a server, which can be made silent: all stays connected, and no byte comes through.
 */
public final class Wire implements AutoCloseable {
  private final ServerSocket entrance = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final int server;
  private volatile boolean silent;

  /** A way to this port of 127.0.0.1. */
  public Wire(int server) throws IOException {
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

  private void accept() throws IOException {
    while (!entrance.isClosed()) {
      Socket client = entrance.accept();
      open.add(client);
      inBackground(() -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException {
    try (client;
        Socket behind = new Socket("127.0.0.1", server)) {
      open.add(behind);
      inBackground(() -> pass(behind, client));
      pass(client, behind);
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      byte[] bytes = new byte[65_536];
      InputStream in = from.getInputStream();
      for (int n = in.read(bytes); n > 0; n = in.read(bytes)) {
        if (!silent) {
          to.getOutputStream().write(bytes, 0, n);
        }
      }
    }
  }

  /** What one thread does. */
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
                // one side is gone
              }
            },
            "wire");
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
