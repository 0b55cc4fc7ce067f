package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.web.ApiServer;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Goes through what commands and a serve do, in a home of its own and with a simulated site. The
 * start script runs it once, so that the JVM archives the classes that were loaded.
 */
public final class Rehearsal {
  private Rehearsal() {}

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ENGLISH); // as the program does
    Path home = Files.createTempDirectory("camel-akeeba-backup-rehearsal");
    try (SimulatedServer server = SimulatedServer.start()) {
      configure(home, server);
      BackupApp.run("--help");
      for (String command : new String[] {"check", "backup --all --json", "status"}) {
        BackupApp.run((command + " --home " + home).split(" "));
      }
      Home named = new Home(home);
      Service.start(named, StartModes.serve(named, ApiServer::start)).close();
    } finally {
      delete(home);
    }
    System.exit(0);
  }

  private static void configure(Path home, SimulatedServer server) throws IOException {
    String secret = UUID.randomUUID().toString();
    SimulatedSite shop = server.joomla("shop").secret(secret);
    Path config = Files.createDirectories(home.resolve("config"));
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
    Files.writeString(
        config.resolve("application.properties"),
        "backup.api.token = %s\nbackup.api.port = 0\n".formatted(secret));
  }

  private static void delete(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
