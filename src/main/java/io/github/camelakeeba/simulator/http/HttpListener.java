package io.github.camelakeeba.simulator.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP/1.1 server on an ephemeral loopback port; a thread a connection, virtual where the
 * JDK has them (from 21 on).
 */
public final class HttpListener implements AutoCloseable {
  /** Answers one request; called on the thread of its connection. */
  @FunctionalInterface
  public interface Handler {
    HttpReply answer(RecordedRequest request) throws InterruptedException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  /** Connections that wait to be accepted; Linux takes no more than net.core.somaxconn, 4096. */
  private static final int BACKLOG = 4096;

  private final ServerSocket server;
  private final Handler handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean closed;
  private final ExecutorService threads = newThreads();

  /** Throws {@link UncheckedIOException} when no port is free. */
  public HttpListener(ServerSocketFactory sockets, Handler handler) {
    this.handler = handler;
    try {
      server = sockets.createServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // never behind thousands of connections in the line of the virtual threads
    daemon(this::accept).start();
  }

  public int port() {
    return server.getLocalPort();
  }

  public int connections() {
    return connections.get();
  }

  /** Waits for the time, or until this is closed. */
  public void pause(Duration time) throws InterruptedException {
    if (!closed && !time.isZero() && !time.isNegative()) {
      try {
        // no latch: each of its timeouts walks the queue of all that wait, and thousands may
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
      } catch (InterruptedException e) {
        if (!closed) {
          throw e;
        }
      }
    }
  }

  /** Continues after the caller's answer was sent. */
  public void background(Runnable work) {
    threads.execute(work);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        int number = connections.incrementAndGet();
        threads.execute(() -> serve(socket, number));
      } catch (IOException e) {
        return; // the server socket is closed
      }
    }
  }

  private void serve(Socket socket, int number) {
    try {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      HttpReader reader = new HttpReader(socket.getInputStream(), out, number);
      RecordedRequest request = reader.next();
      while (request != null && answer(request, socket, out)) {
        request = reader.next();
      }
    } catch (ProtocolException | NumberFormatException e) {
      LOG.debug("Closed a connection that did not speak HTTP: {}", e.getMessage());
    } catch (IOException e) {
      LOG.trace("The client is gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly(socket);
      open.remove(socket);
    }
  }

  /** Whether the connection stays open. */
  private boolean answer(RecordedRequest request, Socket socket, OutputStream out)
      throws IOException, InterruptedException {
    HttpReply reply = reply(request);
    pause(reply.delay());
    if (reply.held() != null) {
      reply.held().await();
    }
    if (reply.ending() == HttpReply.Ending.RESET || reply.ending() == HttpReply.Ending.CLOSED) {
      request.answered(0);
      if (reply.ending() == HttpReply.Ending.RESET) {
        socket.setSoLinger(true, 0); // close sends RST in place of FIN
      }
      return false;
    }
    // recorded first: a test may read it as soon as it has the answer
    request.answered(reply.status());
    HttpWriter.write(reply, request, request.keepAlive, out);
    return request.keepAlive && reply.ending() == HttpReply.Ending.WHOLE;
  }

  private HttpReply reply(RecordedRequest request) throws InterruptedException {
    try {
      return handler.answer(request);
    } catch (RuntimeException e) {
      LOG.warn("The simulated site failed at {}", request, e);
      return HttpReply.html(500, "The simulated site itself failed.");
    }
  }

  @Override
  public void close() {
    closed = true;
    closeQuietly(server);
    open.forEach(HttpListener::closeQuietly);
    threads.shutdownNow();
  }

  private static ExecutorService newThreads() {
    try {
      // since 21; the class files are for 17
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return Executors.newCachedThreadPool(HttpListener::daemon);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "simulated-site");
    thread.setDaemon(true);
    return thread;
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.trace("Closed already", e);
    }
  }
}
