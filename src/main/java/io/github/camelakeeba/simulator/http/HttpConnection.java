package io.github.camelakeeba.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: request after request, until one side has enough. */
final class HttpConnection {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  private final Socket socket;
  private final int number;
  private final HttpListener listener;
  private final HttpListener.Handler handler;

  HttpConnection(Socket socket, int number, HttpListener listener, HttpListener.Handler handler) {
    this.socket = socket;
    this.number = number;
    this.listener = listener;
    this.handler = handler;
  }

  void serve() {
    try {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      HttpReader reader = new HttpReader(socket.getInputStream(), out, number);
      for (RecordedRequest request = reader.next(); request != null; request = reader.next()) {
        if (!answer(request, out)) {
          return;
        }
      }
    } catch (ProtocolException e) {
      LOG.debug("Closed a connection that did not speak HTTP: {}", e.getMessage());
    } catch (IOException e) {
      LOG.trace("The client is gone", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      HttpListener.closeQuietly(socket);
    }
  }

  /** Whether the connection stays. */
  private boolean answer(RecordedRequest request, OutputStream out)
      throws IOException, InterruptedException {
    HttpReply reply = reply(request);
    listener.pause(reply.delay());
    if (reply.held() != null) {
      reply.held().await();
    }
    switch (reply.ending()) {
      case RESET -> {
        // with linger 0, close sends RST in place of FIN
        request.answered(0);
        socket.setSoLinger(true, 0);
        socket.close();
        return false;
      }
      case CLOSED -> {
        request.answered(0);
        return false;
      }
      default -> {
        // first the note: the client may read it as soon as it has the answer
        request.answered(reply.status());
        HttpWriter.write(reply, request, request.keepAlive(), out);
        return request.keepAlive() && reply.ending() == HttpReply.Ending.WHOLE;
      }
    }
  }

  private HttpReply reply(RecordedRequest request) throws InterruptedException {
    try {
      return handler.answer(request);
    } catch (RuntimeException e) {
      LOG.warn("The simulated site failed at {}", request, e);
      return HttpReply.html(500, "The simulated site itself failed.");
    }
  }
}
