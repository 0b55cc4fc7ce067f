package io.github.camelakeeba.app.demo;

import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The three sites of the demo: one goes well, one fails, one ends with warnings. */
public final class DemoSites {
  private static final String SECRET = "demo-secret-Vq7ZkP2m";

  // by then a busy machine has started the service too
  private static final int SECONDS_TO_FIRST_RUN = 7;

  private DemoSites() {}

  public static Map<String, SimulatedSite> simulate(SimulatedServer server) {
    Map<String, SimulatedSite> sites = new LinkedHashMap<>();
    sites.put("shop", server.joomla("shop").steps(16).sleepTime(100).size(2_709_386));
    sites.put(
        "forum",
        server
            .joomla("forum")
            .steps(16)
            .failAt(9, "The disk is full: could not write to the archive file"));
    sites.put(
        "blog",
        server
            .wordpress("blog")
            .steps(14)
            .size(10_461_695)
            .warnings(
                8, "Unreadable file /srv/site/wp-content/uploads/2026/video.mp4. Check permissions")
            .warnings(9, "Unreadable file /srv/site/wp-content/debug.log. Check permissions"));
    sites.values().forEach(site -> site.secret(SECRET).stepTime(Duration.ofMillis(250)));
    return sites;
  }

  /** What a user would write in sites.yaml; the schedules fire a few seconds from now. */
  public static String yaml(Map<String, SimulatedSite> sites, int smtpPort, int second) {
    StringBuilder yaml = new StringBuilder("defaults:\n  secret: " + SECRET + "\nsites:\n");
    int seconds = second + SECONDS_TO_FIRST_RUN;
    for (var site : sites.entrySet()) {
      yaml.append(
          "  %s:\n    url: %s\n    schedule: \"%s/20 * * * * ?\"\n"
              .formatted(site.getKey(), site.getValue().url(), seconds++ % 20));
    }
    return yaml
        + """
        limits: {perHost: 3}
        channels:
          ops: {type: mail, smtp: "smtp://127.0.0.1:%s", from: backup@example.com, to: [ops@example.com]}
        notify:
          - {on: [completed, warning, failed], to: ops}
        """
            .formatted(smtpPort);
  }
}
