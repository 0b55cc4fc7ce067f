package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code config/sites.yaml}, {@code config/sites.d} and what their {@code sources} give: complete,
 * checked, and in the order of the files.
 *
 * @param rules every matching one applies
 * @param historyKeep how long ended runs are kept
 * @param sources the lists of sites that were read from elsewhere
 * @param fingerprint 64 hexadecimal digits that two configurations share if they say the same,
 *     whatever the order of their files; their secrets count too
 */
@Internal
public record Configuration(
    Map<String, Site> sites,
    Limits limits,
    Duration historyKeep,
    Map<String, Channel> channels,
    List<NotificationRule> rules,
    List<Trigger> triggers,
    Heartbeat heartbeat,
    List<Report> reports,
    List<Badge> badges,
    List<Source> sources,
    String fingerprint) {
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21; // the version of Java
  private static final int MAX_RUNS_ON_PLATFORM_THREADS = 200;

  /** One without sources, whose files have no home. */
  public Configuration(
      Map<String, Site> sites,
      Limits limits,
      Duration historyKeep,
      Map<String, Channel> channels,
      List<NotificationRule> rules,
      List<Trigger> triggers,
      Heartbeat heartbeat,
      List<Report> reports,
      List<Badge> badges) {
    this(
        sites,
        limits,
        historyKeep,
        channels,
        rules,
        triggers,
        heartbeat,
        reports,
        badges,
        List.of(),
        null);
  }

  /**
   * The same with what was read from elsewhere; files below the home count by their names there.
   */
  public Configuration with(List<Source> sources, Path home) {
    return new Configuration(
        sites,
        limits,
        historyKeep,
        channels,
        rules,
        triggers,
        heartbeat,
        reports,
        badges,
        List.copyOf(sources),
        ConfigurationFingerprint.of(this, home));
  }

  @Override
  public String fingerprint() {
    return fingerprint == null ? ConfigurationFingerprint.of(this, null) : fingerprint;
  }

  /**
   * Runs at once, in all and on one web host; those due together start within {@code spread}.
   *
   * @param restoreTests at once on this node
   */
  public record Limits(int concurrent, int perHost, Duration spread, int restoreTests) {
    /** With one restore test at a time. */
    public Limits(int concurrent, int perHost, Duration spread) {
      this(concurrent, perHost, spread, 1);
    }
  }

  /**
   * A regular message about all sites, also when all is well.
   *
   * @param to names of channels
   * @param tags only sites that have one of these; empty: all
   */
  public record Report(Schedule schedule, List<String> to, List<String> tags) {
    public boolean isAbout(Collection<String> siteTags) {
      return tags.isEmpty() || tags.stream().anyMatch(siteTags::contains);
    }
  }

  /**
   * An entry of {@code sources}.
   *
   * @param place where it is written: {@code config/sites.yaml:4: sources[0]}
   * @param sites how many it gives
   * @param unused columns that nothing uses
   * @param gone sites that the last good list has and this one has not
   * @param keptAt when the copy that is used was read from the source; null: it was read just now
   * @param reason why it could not be read now, without a secret; null: it was
   */
  public record Source(
      String place,
      int sites,
      List<String> unused,
      List<String> gone,
      Instant keptAt,
      String reason) {
    private static final int MAX_NAMED = 20;

    /** What to tell people, in a sentence; null: it was read, and all sites are still there. */
    public String warning() {
      if (reason != null) {
        return "%s: %s; its sites are those of %s, the last time it was read"
            .formatted(place, reason, keptAt.truncatedTo(ChronoUnit.SECONDS));
      }
      return gone.isEmpty()
          ? null
          : "%s: sites that the last good list had and this one has not, backed up no more unless they stand elsewhere: %s%s"
              .formatted(
                  place,
                  String.join(", ", gone.subList(0, Math.min(gone.size(), MAX_NAMED))),
                  gone.size() > MAX_NAMED
                      ? ", and %s more".formatted(gone.size() - MAX_NAMED)
                      : "");
    }
  }

  /** Pings the {@code healthchecks} channel of this name while this service does its work. */
  public record Heartbeat(String channel, Duration every) {}

  /**
   * That a Java without virtual threads, which are there since 21, is not for so many runs at once;
   * null where it is. Measured on 17: a run takes a platform thread.
   *
   * @param javaVersion the feature number, such as 17
   */
  public String threadWarning(int javaVersion) {
    int runs = Math.min(limits.concurrent(), sites.size());
    return javaVersion >= FIRST_WITH_VIRTUAL_THREADS || runs <= MAX_RUNS_ON_PLATFORM_THREADS
        ? null
        : "limits.concurrent: %s runs at once take as many threads of the system on Java %s; use Java %s or later, or at most %s"
            .formatted(runs, javaVersion, FIRST_WITH_VIRTUAL_THREADS, MAX_RUNS_ON_PLATFORM_THREADS);
  }

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
