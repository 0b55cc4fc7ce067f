package io.github.camelakeeba.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelakeeba.app.cli.backend.StoredPauses;
import io.github.camelakeeba.app.cli.output.NotificationPlan;
import io.github.camelakeeba.app.cli.output.PauseText;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Configuration.Heartbeat;
import io.github.camelakeeba.config.Configuration.Report;
import io.github.camelakeeba.config.DownloadSettings;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.ScheduleInWords;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.service.OfflineHome;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description =
        "Validates the whole configuration, and prints when what is backed up and who would be notified. Sends nothing.")
final class CheckCommand extends ProgramCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss xxx", Locale.ENGLISH);

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  private Configuration configuration;
  private ScheduleCalculator schedules;
  private StoredPauses pauses;

  @Override
  public Integer call() throws Exception {
    Optional<OfflineHome> read = OfflineHome.readAnew(home());
    if (read.isPresent() && !read.get().needsStart()) {
      OfflineHome offline = read.get();
      offline.check();
      pauses = StoredPauses.of(home(), read);
      return print(offline.configuration(), offline.templateProblems(), List.of());
    }
    try (Service service = Service.start(home(), StartModes.unstored(home()))) {
      service.checkApi();
      pauses = StoredPauses.of(home(), read);
      return print(service.configuration(), service.templateProblems(), service.routeDifferences());
    }
  }

  private int print(Configuration checked, List<String> templates, List<String> routes)
      throws JsonProcessingException {
    configuration = checked;
    schedules = new ScheduleCalculator(checked);
    return print(json, this::plan, () -> print(templates, routes));
  }

  private Map<String, Object> plan() {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("sites", configuration.sites().values().stream().map(this::plan).toList());
    plan.put("triggers", configuration.triggers().stream().map(CheckCommand::plan).toList());
    Heartbeat heartbeat = configuration.heartbeat();
    plan.put(
        "heartbeat",
        heartbeat == null
            ? null
            : Map.of("channel", heartbeat.channel(), "every", Durations.format(heartbeat.every())));
    plan.put("reports", configuration.reports().stream().map(this::plan).toList());
    return plan;
  }

  private Map<String, Object> plan(Report report) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("to", report.to());
    plan.put("tags", report.tags());
    plan.put("every", report.schedule().cron());
    plan.put("everyInWords", ScheduleInWords.of(report.schedule().cron()));
    plan.put("zone", report.schedule().zone().getId());
    plan.put("next", next(report));
    return plan;
  }

  /** Null: it is never due again. */
  private String next(Report report) {
    Instant next = schedules.next(report.schedule(), Instant.now());
    return next == null ? null : TIME.format(next.atZone(report.schedule().zone()));
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

  private Map<String, Object> plan(Site site) {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("site", site.name());
    plan.put("enabled", site.enabled());
    plan.put("url", site.url().toString());
    plan.put("profile", site.profile());
    plan.put("schedule", site.schedule());
    plan.put("scheduleInWords", inWords(site));
    plan.put("zone", site.zone().getId());
    plan.put("next", nextStarts(site));
    plan.put("paused", pauses.bySite().get(site.name()));
    plan.put("archives", site.download() == null ? null : archives(site));
    Duration overdue = overdueAfter(site);
    plan.put("overdueAfter", overdue == null ? null : NotificationPlan.text(overdue));
    NotificationPlan notifications = notifications(site);
    plan.put("told", notifications.channels());
    plan.put("rules", notifications.rules());
    return plan;
  }

  private static String inWords(Site site) {
    return site.schedule() == null ? null : ScheduleInWords.of(site.schedule());
  }

  private List<String> nextStarts(Site site) {
    SitePause pause = pauses.bySite().get(site.name());
    if (!site.enabled() || pause != null && pause.until() == null) {
      return List.of();
    }
    Instant from = pause == null ? Instant.now() : pause.until().minusMillis(1);
    return schedules.next(site, from, 3).stream()
        .map(fire -> TIME.format(fire.plus(schedules.offset(site, fire)).atZone(site.zone())))
        .toList();
  }

  private Duration overdueAfter(Site site) {
    return site.enabled() ? schedules.overdueAfter(site, Instant.now()) : null;
  }

  private NotificationPlan notifications(Site site) {
    return new NotificationPlan(new NotificationRouter(configuration), site.name());
  }

  private void print(List<String> templateProblems, List<String> routeDifferences) {
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
    configuration.reports().forEach(this::print);
    List<String> local = home().routes().localFiles();
    if (!local.isEmpty()) {
      System.out.printf("Routes of your own: %s.%n", String.join(", ", local));
    }
    List<String> warnings = new ArrayList<>(new SitesLoader().warnings(configuration));
    warnings.addAll(templateProblems);
    warnings.addAll(routeDifferences);
    if (pauses.problem() != null) {
      warnings.add("which sites are paused is not known: " + pauses.problem());
    }
    warnings.forEach(text -> System.out.println("warning: " + text));
    configuration.sites().values().forEach(this::print);
  }

  private void print(Report report) {
    System.out.printf(
        "Report of %s to %s: %s, %s; next %s.%n",
        report.tags().isEmpty() ? "all sites" : "sites of " + String.join(", ", report.tags()),
        String.join(", ", report.to()),
        ScheduleInWords.of(report.schedule().cron()),
        report.schedule().zone(),
        next(report) == null ? "never" : next(report));
  }

  private static void print(Trigger trigger) {
    System.out.printf(
        "Trigger %s: %s, %s; %s%s.%n",
        trigger.name(),
        trigger.scheme(),
        trigger.sites().isEmpty() ? "all sites" : String.join(", ", trigger.sites()),
        rejected(trigger),
        trigger.enabled() ? "" : "  (switched off)");
  }

  private static String rejected(Trigger trigger) {
    if (trigger.deadLetter() != null) {
      return "refused messages go to " + Trigger.scheme(trigger.deadLetter());
    }
    return switch (trigger.scheme()) {
      case "servlet" -> "a rejected caller gets the reason";
      case "file", "ftp", "ftps", "sftp" -> "refused files are moved";
      default -> "refused messages are only in the log, since there is no deadLetter";
    };
  }

  private void print(Site site) {
    System.out.printf(
        "%n%s%s%s%n",
        site.name(),
        site.title() == null ? "" : "  " + site.title(),
        site.enabled() ? "" : "  (switched off)");
    print(
        site.address().endpoint() == null ? "address" : "endpoint",
        site.url() + ", profile " + site.profile());
    print(
        "schedule",
        site.schedule() == null
            ? "none: on events only"
            : "%s, %s  [%s]".formatted(inWords(site), site.zone(), site.schedule()));
    SitePause pause = pauses.bySite().get(site.name());
    if (pause != null) {
      print("paused", PauseText.whole(pause, site.zone().getId()).replaceFirst("^paused ", ""));
    }
    if (site.download() != null) {
      print("archives", archives(site));
    }
    nextStarts(site).forEach(time -> print("next", time));
    NotificationPlan notifications = notifications(site);
    for (String state : NotificationRouter.STATES) {
      String recipients = notifications.describe(state);
      print(state, state.equals("missed") ? missed(site, recipients) : recipients);
    }
  }

  private static void print(String key, String value) {
    System.out.printf("  %-9s %s%n", key, value);
  }

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

  private String missed(Site site, String recipients) {
    Duration after = overdueAfter(site);
    if (after != null) {
      return recipients + "  [missed after " + NotificationPlan.text(after) + "]";
    }
    return "never: "
        + (!site.enabled()
            ? "switched off"
            : site.schedule() == null
                ? "on events only, no overdueAfter"
                : "the schedule ends, no overdueAfter");
  }
}
