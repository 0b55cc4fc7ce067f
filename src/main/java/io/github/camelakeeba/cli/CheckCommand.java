package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Recipients;
import io.github.camelakeeba.notify.Texts;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Durations;
import io.github.camelakeeba.site.Schedules;
import io.github.camelakeeba.site.Site;
import io.github.camelakeeba.site.SitesFile;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Validates the configuration, and says what it means. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    optionListHeading = "%nOptions:%n",
    description =
        "Validates the whole configuration, and prints when what is backed up and who would be told. Sends nothing.")
final class CheckCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss xxx");
  private static final List<String> STATES =
      List.of("started", "completed", "warning", "failed", "missed", "recovered");

  private static final Set<String> LATER = Set.of("missed", "recovered");

  @ParentCommand Backup parent;

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Service service = Service.start(parent.home(), Plans.trial(parent.home()))) {
      Configuration configuration = service.configuration();
      List<Map<String, Object>> plan = new ArrayList<>();
      for (Site site : configuration.sites().values()) {
        plan.add(plan(site, configuration, service.beans().schedules()));
      }
      if (json) {
        System.out.println(
            service.beans().json().mapper().writeValueAsString(Map.of("sites", plan)));
      } else {
        print(configuration, service.beans().texts(), plan);
      }
      return ExitCode.COMPLETED;
    }
  }

  private static Map<String, Object> plan(
      Site site, Configuration configuration, Schedules schedules) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("site", site.name());
    plan.put("enabled", site.enabled());
    plan.put("url", site.url().toString());
    plan.put("profile", site.profile());
    plan.put("schedule", site.schedule());
    plan.put("zone", site.zone().getId());
    List<String> next = new ArrayList<>();
    if (site.enabled()) {
      for (Instant fire : schedules.next(site, Instant.now(), 3)) {
        ZonedDateTime start = fire.plus(schedules.offset(site, fire)).atZone(site.zone());
        next.add(TIME.format(start));
      }
    }
    plan.put("next", next);
    Map<String, List<String>> told = new LinkedHashMap<>();
    for (String state : STATES) {
      told.put(state, new Recipients(configuration).channels(site.name(), state));
    }
    plan.put("told", told);
    return plan;
  }

  private static void print(
      Configuration configuration, Texts texts, List<Map<String, Object>> plan) {
    System.out.printf(
        "The configuration is good. Sites: %d, channels: %d, rules: %d.%n",
        configuration.sites().size(),
        configuration.channels().size(),
        configuration.rules().size());
    System.out.printf(
        "At most %d backups at once, %d on one host; sites due at the same instant are spread over %s.%n",
        configuration.limits().concurrent(),
        configuration.limits().perHost(),
        Durations.text(configuration.limits().spread()));
    List<String> warnings = new ArrayList<>(new SitesFile().warnings(configuration));
    warnings.addAll(texts.problems(configuration.channels().values()));
    warnings.forEach(text -> System.out.println("warning: " + text));
    for (Map<String, Object> site : plan) {
      System.out.printf(
          "%n%s%s%n",
          site.get("site"), Boolean.TRUE.equals(site.get("enabled")) ? "" : "  (switched off)");
      System.out.printf("  endpoint  %s, profile %s%n", site.get("url"), site.get("profile"));
      System.out.printf(
          "  schedule  %s%n",
          site.get("schedule") == null
              ? "none: on events only"
              : site.get("schedule") + "  " + site.get("zone"));
      ((List<?>) site.get("next")).forEach(time -> System.out.printf("  next      %s%n", time));
      ((Map<?, ?>) site.get("told"))
          .forEach(
              (state, channels) ->
                  System.out.printf("  %-9s %s%n", state, told(state, texts(channels))));
    }
  }

  private static String told(Object state, List<String> channels) {
    if (channels.isEmpty()) {
      return "nobody is told";
    }
    String names = "-> " + String.join(", ", channels);
    return LATER.contains(state) ? names + " (but this version never tells it)" : names;
  }

  private static List<String> texts(Object channels) {
    return ((List<?>) channels).stream().map(String::valueOf).toList();
  }
}
