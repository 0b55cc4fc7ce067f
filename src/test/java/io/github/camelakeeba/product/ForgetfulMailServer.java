package io.github.camelakeeba.product;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An SMTP server on loopback that takes the first mail and hangs up without saying so. */
final class ForgetfulMailServer implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final List<String> mails = new CopyOnWriteArrayList<>();

  ForgetfulMailServer() throws IOException {
    Thread thread = new Thread(this::serve, "forgetful-mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** For {@code smtp:} in sites.yaml. */
  String address() {
    return "smtp://127.0.0.1:" + socket.getLocalPort();
  }

  /** All mails that came, whole. */
  List<String> mails() {
    return mails;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        talk(client);
      } catch (IOException e) {
        // the client hung up, or the test is over
      }
    }
  }

  private void talk(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    OutputStream out = client.getOutputStream();
    say(out, "220 forgetful");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.equals("DATA")) {
        say(out, "354 go on");
        mails.add(mail(in));
        if (mails.size() == 1) {
          return;
        }
      }
      say(out, line.equals("QUIT") ? "221 bye" : "250 ok");
    }
  }

  private static String mail(BufferedReader in) throws IOException {
    StringBuilder mail = new StringBuilder();
    for (String line = in.readLine(); line != null && !".".equals(line); line = in.readLine()) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
