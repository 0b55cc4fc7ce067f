package io.github.camelakeeba.notify.channel;

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
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An SMTP server that offers STARTTLS or not, and may fail its client at a given command. */
final class ScriptedMailServer implements AutoCloseable {
  /** In the place of a command: before the client has said anything. */
  static final String GREETING = "the greeting";

  private final ServerSocket socket;
  private final SSLContext tls;
  private final String fails;
  private final boolean hangs;
  private final List<String> inClear = new CopyOnWriteArrayList<>();
  private final List<String> inTls = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  /**
   * Listens.
   *
   * @param tls for STARTTLS; null: it is not offered
   * @param fails the command in whose place it fails, or null
   * @param hangs whether it then says nothing more, or hangs up
   */
  ScriptedMailServer(String host, SSLContext tls, String fails, boolean hangs) throws IOException {
    this.socket = new ServerSocket(0, 5, InetAddress.getByName(host));
    this.tls = tls;
    this.fails = fails;
    this.hangs = hangs;
    Thread thread = new Thread(this::serve, "scripted-mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  String address() {
    return "smtp://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  /** The lines that crossed the network in clear. */
  List<String> inClear() {
    return inClear;
  }

  /** The lines that came over TLS. */
  List<String> inTls() {
    return inTls;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        if (goesOn(GREETING)) {
          say(client, "220 scripted");
          talk(client, inClear);
        }
      } catch (IOException e) {
        // the client hung up, or the test is over
      }
    }
  }

  private void talk(Socket client, List<String> lines) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      lines.add(line);
      String command = line.split(" ")[0];
      if (!goesOn(command)) {
        return;
      } else if (command.equals("STARTTLS")) {
        say(client, "220 go ahead");
        talk(secured(client), inTls);
        return;
      } else if (command.equals("EHLO")) {
        say(client, "250-scripted");
        say(client, lines == inClear && tls != null ? "250 STARTTLS" : "250 AUTH PLAIN LOGIN");
      } else if (command.equals("DATA")) {
        say(client, "354 go on");
        for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
          lines.add(text);
        }
        say(client, "250 ok");
      } else {
        say(client, command.equals("AUTH") ? "235 welcome" : "250 ok");
      }
    }
  }

  private Socket secured(Socket client) throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private boolean goesOn(String command) {
    if (!command.equals(fails)) {
      return true;
    }
    try {
      if (hangs) {
        end.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static void say(Socket client, String line) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    end.countDown();
    socket.close();
  }
}
