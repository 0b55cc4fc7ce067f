package io.github.camelakeeba.app.demo;

import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.stream.Stream;

/** A home with one simulated site, and a channel to where nobody listens; closed it is gone. */
public final class RehearsalHome implements AutoCloseable {
  private final SimulatedServer server = SimulatedServer.start();
  private final Path folder = Files.createTempDirectory("camel-akeeba-backup-rehearsal");

  public RehearsalHome() throws IOException {
    String secret = UUID.randomUUID().toString();
    // as many as make a JVM keep a profile of what a step does
    SimulatedSite shop = server.joomla("shop").secret(secret).steps(300);
    Path config = Files.createDirectories(folder.resolve("config"));
    Files.writeString(
        config.resolve("sites.yaml"),
        """
        sites:
          shop: {url: "%s", secret: %s, schedule: "0 0 0 1 1 ? 2099"}
        channels:
          bus: {type: webhook, url: "%s/in"}
        notify:
          - {on: [completed, failed], to: bus}
        """
            .formatted(shop.url(), secret, server.address()));
  }

  public Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
