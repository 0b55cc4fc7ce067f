package io.github.camelakeeba.product;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports of 127.0.0.1 that nobody listens on, for what can't be asked for an ephemeral one. */
public final class Ports {
  /** Below the ephemeral ports, which any connection of any test may take in the meantime. */
  private static final int FIRST = 10_000;

  private static final int COUNT = 20_000;

  /** Tests run in several processes at once: each begins elsewhere, and takes none twice. */
  private static final AtomicInteger NEXT =
      new AtomicInteger((int) (ProcessHandle.current().pid() * 211 % COUNT));

  private Ports() {}

  /** One that stays free until the caller, in a moment or later, listens on it. */
  public static int free() {
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + NEXT.getAndIncrement() % COUNT;
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // taken; the next one
      }
    }
    throw new IllegalStateException("no port is free");
  }
}
