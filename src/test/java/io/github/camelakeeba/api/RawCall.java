package io.github.camelakeeba.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A caller who writes what no HTTP client would. */
final class RawCall implements AutoCloseable {
  private final Socket socket;

  RawCall(URI address) throws IOException {
    socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(60_000);
  }

  RawCall write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return this;
  }

  /** Everything until the other side closes; a reset ends it too. */
  String rest() {
    StringBuilder text = new StringBuilder();
    try (InputStream in = socket.getInputStream()) {
      for (int read = in.read(); read >= 0; read = in.read()) {
        text.append((char) read);
      }
    } catch (IOException e) {
      text.append(e instanceof java.net.SocketTimeoutException ? "<still open>" : "");
    }
    return text.toString();
  }

  /** What has come when this text has come. */
  String until(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(end) < 0) {
      int read = socket.getInputStream().read();
      if (read < 0) {
        throw new IOException("the end after: " + text);
      }
      text.append((char) read);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
