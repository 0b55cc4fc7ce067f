package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.outbox.ChannelState;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.watch.SiteView;
import io.github.camelakeeba.watch.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What {@code status --check} prints: the one line of a plug-in for Nagios and its kin, with
 * performance data.
 *
 * @param code 0 all good, 1 warnings or parked messages, 2 a site failed or missed, 3 cannot tell
 */
public record PluginLine(int code, String text) {
  public static final int UNKNOWN = 3;

  public static final String OPTION = "--check";
  private static final List<String> WORDS = List.of("OK", "WARNING", "CRITICAL", "UNKNOWN");
  private static final List<String> ALARMING = List.of("missed", "failed", "warning");
  private static final int MAX_NAMES = 5;
  private static final int MAX_REASON_LENGTH = 400;
  private static final int MAX_PROBLEM_LENGTH = 350;

  /** Whether this command line asks for it, also where it can't be parsed. */
  public static boolean isAskedBy(String... arguments) {
    List<String> given = Arrays.asList(arguments);
    return given.contains("status")
        && given.stream().anyMatch(one -> one.equals(OPTION) || one.startsWith(OPTION + "="));
  }

  /** The reason in one line; nothing is known of the sites. */
  public static PluginLine unknown(String reason) {
    // a bar would begin the performance data
    String line = UntrustedText.oneLine(reason, MAX_REASON_LENGTH).replace('|', '/');
    return new PluginLine(UNKNOWN, "BACKUP UNKNOWN - " + line);
  }

  /** All that is wrong, in one sentence. */
  public static String oneOf(List<String> problems) {
    return problems.size() == 1
        ? problems.get(0)
        : "%s (and %s more: 'check' lists all)"
            .formatted(
                UntrustedText.oneLine(problems.get(0), MAX_PROBLEM_LENGTH), problems.size() - 1);
  }

  /** Of these sites; those that are switched off or paused are none of its business. */
  public static PluginLine of(StatusView status) {
    List<SiteView> enabled = status.sites().stream().filter(SiteView::enabled).toList();
    if (enabled.stream().anyMatch(site -> site.state() == null)) {
      return unknown("the running serve is of an earlier version; start it again");
    }
    List<SiteView> sites = enabled.stream().filter(site -> site.paused() == null).toList();
    int paused = enabled.size() - sites.size();
    Map<String, List<String>> byState = new TreeMap<>();
    for (SiteView site : sites) {
      byState.computeIfAbsent(site.state(), state -> new ArrayList<>()).add(site.site());
    }
    Instant oldest =
        sites.stream()
            .map(SiteView::lastGood)
            .filter(Objects::nonNull)
            .min(Instant::compareTo)
            .orElse(null);
    int parked = status.channels().stream().mapToInt(ChannelState::parked).sum();
    List<String> notProved =
        sites.stream().filter(PluginLine::isNotProved).map(SiteView::site).toList();
    int code =
        byState.containsKey("missed") || byState.containsKey("failed")
            ? 2
            : byState.containsKey("warning") || parked > 0 || !notProved.isEmpty() ? 1 : 0;
    Duration age = oldest == null ? null : age(oldest, status.time());
    List<String> said = new ArrayList<>();
    said.add(sites.size() + (sites.size() == 1 ? " site" : " sites"));
    ALARMING.stream()
        .filter(byState::containsKey)
        .forEach(
            state ->
                said.add(
                    "%s %s (%s)"
                        .formatted(count(byState, state), state, some(byState.get(state)))));
    if (!notProved.isEmpty()) {
      said.add("%s not proved by a restore (%s)".formatted(notProved.size(), some(notProved)));
    }
    if (parked > 0) {
      List<String> channels =
          status.channels().stream()
              .filter(one -> one.parked() > 0)
              .map(ChannelState::channel)
              .toList();
      said.add(
          "%s %s parked (%s)"
              .formatted(parked, parked == 1 ? "message" : "messages", some(channels)));
    }
    if (byState.containsKey("never")) {
      said.add(count(byState, "never") + " without a backup yet");
    }
    if (paused > 0) {
      said.add(paused + " paused");
    }
    if (age != null) {
      said.add("oldest good backup " + HumanFormat.duration(age) + " old");
    }
    if (status.nodes() == 0) {
      said.add("no serve is running");
    }
    return new PluginLine(
        code,
        "BACKUP %s - %s | %s"
            .formatted(
                WORDS.get(code),
                String.join(", ", said),
                performance(status, byState, sites.size(), paused, parked, age)));
  }

  private static boolean isNotProved(SiteView site) {
    return site.proof() != null && site.proof().doubtful();
  }

  private static Duration age(Instant since, Instant now) {
    return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
  }

  private static String some(List<String> names) {
    String some = names.stream().limit(MAX_NAMES).collect(Collectors.joining(" "));
    return names.size() > MAX_NAMES
        ? "%s and %s more".formatted(some, names.size() - MAX_NAMES)
        : some;
  }

  private static int count(Map<String, List<String>> byState, String state) {
    return byState.getOrDefault(state, List.of()).size();
  }

  private static String performance(
      StatusView status,
      Map<String, List<String>> byState,
      int sites,
      int paused,
      int parked,
      Duration oldestGood) {
    long running =
        status.sites().stream()
            .filter(site -> site.run() != null && site.run().endedAt() == null)
            .count();
    String data =
        "sites=%s failed=%s missed=%s warning=%s never=%s paused=%s running=%s parked=%s nodes=%s"
            .formatted(
                sites,
                count(byState, "failed"),
                count(byState, "missed"),
                count(byState, "warning"),
                count(byState, "never"),
                paused,
                running,
                parked,
                status.nodes());
    return oldestGood == null ? data : "%s oldest=%ss".formatted(data, oldestGood.toSeconds());
  }
}
