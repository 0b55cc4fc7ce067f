package io.github.camelakeeba.simulator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A small HTTP/1.1 server on an ephemeral loopback port; a daemon thread a connection. */
public final class HttpListener implements AutoCloseable {
  /** Answers one request; called on the thread of its connection. */
  @FunctionalInterface
  public interface Handler {
    HttpReply answer(RecordedRequest request) throws InterruptedException;
  }

  private final ServerSocket server;
  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "simulated-site");
            thread.setDaemon(true);
            return thread;
          });

  /** Throws {@link UncheckedIOException} when no port can be had. */
  public HttpListener(ServerSocketFactory sockets, Handler handler) {
    this.handler = handler;
    try {
      server = sockets.createServerSocket(0, 1000, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  public int port() {
    return server.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  /** Waits so long, or until this is closed. */
  public void pause(Duration time) throws InterruptedException {
    if (!time.isZero() && !time.isNegative()) {
      closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Works on when the caller's answer has long been sent. */
  public void background(Runnable work) {
    threads.execute(work);
  }

  private void accept() {
    while (closed.getCount() > 0) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        threads.execute(() -> serve(socket, number));
      } catch (IOException e) {
        // the server socket is closed: so is this
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try {
      new HttpConnection(socket, number, this, handler).serve();
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    closeQuietly(server);
    open.forEach(HttpListener::closeQuietly);
    threads.shutdownNow();
  }

  static void closeQuietly(AutoCloseable it) {
    try {
      it.close();
    } catch (Exception e) {
      // it is gone either way
    }
  }
}
