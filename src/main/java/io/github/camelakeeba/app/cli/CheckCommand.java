package io.github.camelakeeba.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelakeeba.app.cli.backend.StoredState;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.SitePlan;
import io.github.camelakeeba.app.cli.output.Table;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Configuration.Heartbeat;
import io.github.camelakeeba.config.Configuration.Report;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.ScheduleInWords;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.service.OfflineHome;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "check",
    description =
        "Validates the whole configuration, and prints when what is backed up and who would be notified. Sends nothing.")
final class CheckCommand extends ProgramCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm:ss xxx", Locale.ENGLISH);

  @Parameters(
      paramLabel = "SITE",
      arity = "0..*",
      description =
          "Names of sites in sites.yaml: all that is planned for them. Else one line a site.")
  List<String> names = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  private Configuration configuration;
  private ScheduleCalculator schedules;
  private StoredState stored;

  @Override
  public Integer call() throws Exception {
    Optional<OfflineHome> read = OfflineHome.readAnew(home());
    if (read.isPresent() && !read.get().needsStart()) {
      OfflineHome offline = read.get();
      offline.check();
      stored = StoredState.of(home(), read);
      return print(offline.configuration(), offline.templateProblems(), List.of());
    }
    try (Service service = Service.start(home(), StartModes.unstored(home()))) {
      service.checkApi();
      stored = StoredState.of(home(), read);
      return print(service.configuration(), service.templateProblems(), service.routeDifferences());
    }
  }

  private int print(Configuration checked, List<String> templates, List<String> routes)
      throws JsonProcessingException {
    configuration = checked;
    schedules = new ScheduleCalculator(checked);
    for (String name : names) {
      if (!checked.sites().containsKey(name)) {
        throw UnknownSiteErrors.of(name, checked.sites().keySet());
      }
    }
    return print(json, this::plan, () -> print(templates, routes));
  }

  /** Of the named sites, else of all. */
  private Stream<SitePlan> plans() {
    NotificationRouter router = new NotificationRouter(configuration);
    return (names.isEmpty() ? configuration.sites().keySet() : new LinkedHashSet<>(names))
        .stream()
            .map(configuration.sites()::get)
            .map(site -> new SitePlan(site, schedules, router, stored.pauses().get(site.name())));
  }

  private Map<String, Object> plan() {
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("sites", plans().map(SitePlan::json).toList());
    plan.put("triggers", configuration.triggers().stream().map(CheckCommand::plan).toList());
    Heartbeat heartbeat = configuration.heartbeat();
    plan.put(
        "heartbeat",
        heartbeat == null
            ? null
            : Map.of("channel", heartbeat.channel(), "every", Durations.format(heartbeat.every())));
    plan.put("reports", configuration.reports().stream().map(this::plan).toList());
    plan.put("fingerprint", configuration.fingerprint());
    plan.put("running", stored.configurations());
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
    String difference = stored.difference(configuration.fingerprint());
    if (difference != null) {
      warnings.add(difference);
    }
    if (stored.problem() != null) {
      warnings.add("which sites are paused is not known: " + stored.problem());
    }
    warnings.forEach(text -> System.out.println("warning: " + text));
    if (names.isEmpty()) {
      printTable();
    } else {
      plans().flatMap(plan -> plan.details().stream()).forEach(System.out::println);
    }
  }

  private void printTable() {
    if (!configuration.sites().isEmpty()) {
      System.out.println();
      Table table = new Table("SITE", "SCHEDULE", "NEXT", "TOLD OF FAILURES");
      plans().forEach(plan -> plan.row(table));
      table.print();
      System.out.printf("%nMore of a site: check SITE%n");
    }
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
}
