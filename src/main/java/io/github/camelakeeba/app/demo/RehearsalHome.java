package io.github.camelakeeba.app.demo;

import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * A home with one site, and a channel whose messages are taken; closed it is gone. The site is a
 * simulated one where the demo's kit is installed, else one that can't be reached.
 */
public final class RehearsalHome implements AutoCloseable {
  private final Path folder = Files.createTempDirectory("camel-akeeba-backup-rehearsal");
  private final Site site;

  /** The site's address, the channel's, and what ends the site. */
  private record Site(String url, String channel, Closeable server) {
    static Site unreachable() throws IOException {
      String nobody = "http://127.0.0.1:" + freePort();
      Inbox inbox = Inbox.start();
      return new Site(nobody + "/remote.php", inbox.address(), inbox);
    }
  }

  /** Takes every message: a backup that could not tell its outcome waits for the next try. */
  private record Inbox(Server server) implements Closeable {
    static Inbox start() throws IOException {
      Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      server.setHandler(
          new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback done) {
              response.setStatus(HttpStatus.NO_CONTENT_204);
              done.succeeded();
              return true;
            }
          });
      try {
        server.start();
      } catch (Exception e) {
        throw new IOException("no port to listen on: " + e.getMessage(), e);
      }
      return new Inbox(server);
    }

    String address() {
      return "http://127.0.0.1:" + server.getURI().getPort();
    }

    @Override
    public void close() throws IOException {
      try {
        server.stop();
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  /** Apart, since its classes may not be there. */
  private static final class Simulated {
    static Site start(String secret) {
      SimulatedServer server = SimulatedServer.start();
      // as many as make a JVM keep a profile of what a step does
      SimulatedSite shop = server.joomla("shop").secret(secret).steps(300);
      return new Site(shop.url().toString(), server.address().toString(), server::close);
    }
  }

  public RehearsalHome() throws IOException {
    String secret = UUID.randomUUID().toString();
    site = DemoKit.isInstalled() ? Simulated.start(secret) : Site.unreachable();
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        config.resolve("sites.yaml"),
        """
        sites:
          shop: {url: "%s", secret: %s, schedule: "0 0 0 1 1 ? 2099", retry: {unreachable: 0}}
        channels:
          bus: {type: webhook, url: "%s/in"}
        notify:
          - {on: [completed, failed], to: bus}
        """
            .formatted(site.url(), secret, site.channel()));
  }

  /** Whether a backup of its site ends well. */
  public boolean isReachable() {
    return DemoKit.isInstalled();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    site.server().close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
