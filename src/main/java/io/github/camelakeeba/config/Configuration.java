package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code config/sites.yaml}, complete, checked, and in the file's order.
 *
 * @param rules every matching one applies
 * @param historyKeep how long ended runs are kept
 */
@Internal
public record Configuration(
    Map<String, Site> sites,
    Limits limits,
    Duration historyKeep,
    Map<String, Channel> channels,
    List<NotificationRule> rules,
    List<Trigger> triggers,
    Heartbeat heartbeat) {
  /** Runs at once, in all and on one web host; those due together start within {@code spread}. */
  public record Limits(int concurrent, int perHost, Duration spread) {}

  /** Pings the {@code healthchecks} channel of this name while this service does its work. */
  public record Heartbeat(String channel, Duration every) {}

  /** The endpoints that archives are handed to, by the keys that name them. */
  public Map<String, Secret> archiveEndpoints() {
    Map<String, Secret> endpoints = new LinkedHashMap<>();
    for (Site site : sites.values()) {
      if (site.download() != null && site.download().uri() != null) {
        endpoints.put("sites.%s.download.to".formatted(site.name()), site.download().uri());
      }
    }
    return endpoints;
  }
}
