package io.github.camelakeeba.embed;

import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** A simulated site, and the settings of a host that backs it up. */
final class SampleSite implements AutoCloseable {
  private static final String SECRET = "Kpm-7xTr-Shop-Word";

  private final SimulatedServer server = SimulatedServer.start();
  private final SimulatedSite site = server.joomla("shop").secret(SECRET).steps(3);
  private final Path sites;

  /**
   * The rest is what stands in sites.yaml below the site, which ends with the lines of the site.
   */
  SampleSite(Path folder, String rest) throws IOException {
    sites = folder.resolve("sites.yaml");
    Files.writeString(
        sites,
        """
        sites:
          shop:
            url: %s
            secret: %s
            retry: {unreachable: 0}
        """
                .formatted(site.url(), SECRET)
            + rest);
  }

  SimulatedSite site() {
    return site;
  }

  /** The methods of the API that arrived at the site. */
  List<String> methods() {
    return site.requests().stream().map(RecordedRequest::method).toList();
  }

  /** What a host has to set. */
  Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("backup.sites", "file:" + sites);
    properties.setProperty("backup.recovery.pause", "50ms");
    properties.setProperty("backup.recovery.retryPause", "300ms");
    properties.setProperty("backup.outbox.gather", "0s");
    return properties;
  }

  /** The same with one more. */
  Properties properties(String key, String value) {
    Properties properties = properties();
    properties.setProperty(key, value);
    return properties;
  }

  @Override
  public void close() {
    server.close();
  }
}
