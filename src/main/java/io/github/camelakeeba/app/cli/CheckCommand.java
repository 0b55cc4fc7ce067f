package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.NotificationPlan;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.DownloadSettings;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.Heartbeat;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Validates the configuration, and says what it means. */
@Command(
    name = "check",
    description =
        "Validates the whole configuration, and prints when what is backed up and who would be notified. Sends nothing.")
final class CheckCommand extends ProgramCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss xxx", Locale.ENGLISH);

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Service service = Service.start(home(), StartModes.unstored(home()))) {
      service.checkApi();
      Configuration configuration = service.configuration();
      ScheduleCalculator schedules = service.beans().schedules();
      if (json) {
        printJson(plan(configuration, schedules));
      } else {
        head(service);
        configuration.sites().values().forEach(site -> print(site, configuration, schedules));
      }
      return ExitCode.COMPLETED;
    }
  }

  private static Map<String, Object> plan(
      Configuration configuration, ScheduleCalculator schedules) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put(
        "sites",
        configuration.sites().values().stream()
            .map(site -> plan(site, configuration, schedules))
            .toList());
    Heartbeat heartbeat = configuration.heartbeat();
    plan.put("triggers", configuration.triggers().stream().map(CheckCommand::plan).toList());
    plan.put(
        "heartbeat",
        heartbeat == null
            ? null
            : Map.of("channel", heartbeat.channel(), "every", Durations.format(heartbeat.every())));
    return plan;
  }

  private static Map<String, Object> plan(Trigger trigger) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("trigger", trigger.name());
    plan.put("enabled", trigger.enabled());
    plan.put("from", trigger.scheme());
    plan.put("site", trigger.site());
    plan.put("sites", trigger.sites());
    plan.put(
        "deadLetter", trigger.deadLetter() == null ? null : Trigger.scheme(trigger.deadLetter()));
    return plan;
  }

  private static Map<String, Object> plan(
      Site site, Configuration configuration, ScheduleCalculator schedules) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("site", site.name());
    plan.put("enabled", site.enabled());
    plan.put("url", site.url().toString());
    plan.put("profile", site.profile());
    plan.put("schedule", site.schedule());
    plan.put("zone", site.zone().getId());
    plan.put("next", next(site, schedules));
    plan.put("archives", site.download() == null ? null : archives(site));
    Duration overdue = overdueAfter(site, schedules);
    plan.put("overdueAfter", overdue == null ? null : NotificationPlan.text(overdue));
    NotificationPlan told =
        new NotificationPlan(new NotificationRouter(configuration), site.name());
    plan.put("told", told.channels());
    plan.put("rules", told.rules());
    return plan;
  }

  private static List<String> next(Site site, ScheduleCalculator schedules) {
    List<Instant> fires =
        site.enabled() ? schedules.next(site, Instant.now(), 3) : List.<Instant>of();
    return fires.stream()
        .map(fire -> TIME.format(fire.plus(schedules.offset(site, fire)).atZone(site.zone())))
        .toList();
  }

  private static Duration overdueAfter(Site site, ScheduleCalculator schedules) {
    return site.enabled() ? schedules.overdueAfter(site, Instant.now()) : null;
  }

  private static void head(Service service) {
    Configuration configuration = service.configuration();
    System.out.printf(
        "The configuration is good. Sites: %s, channels: %s, rules: %s.%n",
        configuration.sites().size(),
        configuration.channels().size(),
        configuration.rules().size());
    System.out.printf(
        "At most %s backups at once, %s on one host; sites due at the same instant are spread over %s.%n",
        configuration.limits().concurrent(),
        configuration.limits().perHost(),
        Durations.format(configuration.limits().spread()));
    configuration.triggers().forEach(CheckCommand::print);
    Heartbeat heartbeat = configuration.heartbeat();
    if (heartbeat != null) {
      System.out.printf(
          "Heartbeat: channel %s hears every %s that this service does its work.%n",
          heartbeat.channel(), Durations.format(heartbeat.every()));
    }
    List<String> local = service.localRoutes();
    if (!local.isEmpty()) {
      System.out.printf("Routes of your own: %s.%n", String.join(", ", local));
    }
    List<String> warnings = new ArrayList<>(new SitesLoader().warnings(configuration));
    warnings.addAll(service.templateProblems());
    warnings.addAll(service.routeDifferences());
    warnings.forEach(text -> System.out.println("warning: " + text));
  }

  private static void print(Trigger trigger) {
    System.out.printf(
        "Trigger %s: %s, %s; %s%s.%n",
        trigger.name(),
        trigger.scheme(),
        trigger.sites().isEmpty() ? "all sites" : String.join(", ", trigger.sites()),
        refused(trigger),
        trigger.enabled() ? "" : "  (switched off)");
  }

  /**
   * Where a message ends that is not taken; why is in the log, and told to who asks for a reply.
   */
  private static String refused(Trigger trigger) {
    if (trigger.deadLetter() != null) {
      return "refused messages go to " + Trigger.scheme(trigger.deadLetter());
    }
    return switch (trigger.scheme()) {
      case "servlet" -> "a rejected caller gets the reason";
      case "file", "ftp", "ftps", "sftp" -> "refused files are moved";
      default -> "refused messages are only in the log, since there is no deadLetter";
    };
  }

  private static void print(Site site, Configuration configuration, ScheduleCalculator schedules) {
    System.out.printf(
        "%n%s%s%s%n",
        site.name(),
        site.title() == null ? "" : "  " + site.title(),
        site.enabled() ? "" : "  (switched off)");
    System.out.printf(
        "  %-9s %s, profile %s%n",
        site.address().endpoint() == null ? "address" : "endpoint", site.url(), site.profile());
    System.out.printf(
        "  schedule  %s%n",
        site.schedule() == null ? "none: on events only" : site.schedule() + "  " + site.zone());
    if (site.download() != null) {
      System.out.printf("  archives  %s%n", archives(site));
    }
    next(site, schedules).forEach(time -> System.out.printf("  next      %s%n", time));
    NotificationPlan told =
        new NotificationPlan(new NotificationRouter(configuration), site.name());
    for (String state : NotificationPlan.STATES) {
      System.out.printf(
          "  %-9s %s%n",
          state, state.equals("missed") ? missed(site, told, schedules) : told.describe(state));
    }
  }

  /** Where they go, what is kept of them, and what becomes of the site's own files. */
  private static String archives(Site site) {
    DownloadSettings download = site.download();
    List<String> kept = new ArrayList<>();
    add(kept, download.keep(), "the newest %s");
    add(kept, download.keepDays(), "those of %s days");
    add(kept, download.keepWeekly(), "one of each of %s weeks");
    add(kept, download.keepMonthly(), "one of each of %s months");
    return "to %s; kept: %s; on the server: %s"
        .formatted(
            download.displayLocation(),
            kept.isEmpty() ? "all" : String.join(", ", kept),
            site.onServer().word());
  }

  private static void add(List<String> kept, Integer number, String text) {
    if (number != null) {
      kept.add(text.formatted(number));
    }
  }

  /** Nothing makes this event but the time that has passed. */
  private static String missed(Site site, NotificationPlan told, ScheduleCalculator schedules) {
    Duration after = overdueAfter(site, schedules);
    if (after != null) {
      return told.describe("missed") + "  [missed after " + NotificationPlan.text(after) + "]";
    }
    return "never: "
        + (!site.enabled()
            ? "switched off"
            : site.schedule() == null
                ? "on events only, no overdueAfter"
                : "the schedule ends, no overdueAfter");
  }
}
