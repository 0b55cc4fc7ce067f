package io.github.camelakeeba.app.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * A home with one site, and a channel whose messages are taken, both of this process and on the
 * loopback; closed it is gone.
 */
public final class RehearsalHome implements AutoCloseable {
  private static final String INBOX = "/in";

  private final Path folder = Files.createTempDirectory("camel-akeeba-backup-rehearsal");
  private final Server server =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  /** Throws {@link IOException} when there is no port to listen on, or no folder to write in. */
  public RehearsalHome(int steps) throws IOException {
    serve(new RehearsalSite(steps));
    String address = "http://127.0.0.1:" + server.getURI().getPort();
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        config.resolve("sites.yaml"),
        """
        sites:
          shop: {url: "%s/", secret: %s, schedule: "0 0 0 1 1 ? 2099"}
        channels:
          bus: {type: webhook, url: "%s"}
        notify:
          - {on: [completed, failed], to: bus}
        """
            .formatted(address, UUID.randomUUID(), address + INBOX));
  }

  private void serve(RehearsalSite site) throws IOException {
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback done)
              throws IOException {
            if (request.getHttpURI().getPath().equals(INBOX)) {
              response.setStatus(HttpStatus.NO_CONTENT_204);
              done.succeeded();
            } else {
              String form = Content.Source.asString(request, StandardCharsets.UTF_8);
              response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
              Content.Sink.write(response, true, site.answer(form), done);
            }
            return true;
          }
        });
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("no port to listen on: " + e.getMessage(), e);
    }
  }

  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
