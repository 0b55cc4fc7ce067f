package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Event;
import io.github.camelakeeba.notify.EventJson;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.site.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** One backup in the foreground. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    description = "Takes a backup now, and shows how it goes until it has ended.")
final class BackupCommand implements Callable<Integer> {
  @ParentCommand Backup parent;

  @Parameters(paramLabel = "SITE", arity = "0..*", description = "Names of sites in sites.yaml.")
  List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "All enabled sites.")
  boolean all;

  @Option(names = "--tag", paramLabel = "T", description = "All enabled sites with this tag.")
  String tag;

  @Option(names = "--profile", paramLabel = "N", description = "The Akeeba profile, from 1.")
  Integer profile;

  @Option(
      names = "--description",
      paramLabel = "T",
      description = "May hold {site} {date} {time} {profile}.")
  String description;

  @Option(names = "--comment", paramLabel = "T", description = "Stored with the backup.")
  String comment;

  @Option(
      names = "--override",
      paramLabel = "K=V",
      description =
          "A profile setting for this backup only:%nakeeba.tuning.max_exec_time=10, for example.")
  Map<String, String> overrides = new LinkedHashMap<>();

  @Option(names = "--json", description = "Print the outcome event as JSON, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Worker worker = Worker.of(parent.home())) {
      List<RunView> runs = new ArrayList<>();
      int code = ExitCode.COMPLETED;
      for (String name : selected(worker.sites(), worker.served())) {
        try {
          runs.add(worker.accept(wish(name)));
        } catch (RunRefusedException refused) {
          if (refused.reason() != RunRefusedException.Reason.BUSY) {
            throw refused;
          }
          System.err.println(
              refused.getMessage()); // the other sites' backups are taken all the same
          code = ExitCode.REFUSED;
        }
      }
      return runs.isEmpty() ? code : ExitCode.worst(code, follow(worker, runs));
    }
  }

  private int follow(Worker worker, List<RunView> runs) throws Exception {
    List<Event> outcomes;
    try (Progress progress = Progress.of(runs, json)) {
      outcomes = new Follower(worker).follow(runs, progress);
      worker.told(outcomes);
    }
    return report(outcomes); // after the bar, which would draw over it
  }

  private Set<String> selected(List<Worker.Choice> sites, boolean served) {
    Map<String, Worker.Choice> known = new LinkedHashMap<>();
    sites.forEach(site -> known.put(site.site(), site));
    for (String name : names) {
      if (!known.containsKey(name)) {
        throw UnknownSite.of(name, known.keySet(), served);
      }
      if (!known.get(name).enabled()) {
        throw new ConfigurationException(
            List.of("the site %s is switched off (enabled: false)".formatted(name)));
      }
    }
    Set<String> selected = new LinkedHashSet<>(names);
    sites.stream()
        .filter(site -> site.enabled() && (all || tag != null && site.tags().contains(tag)))
        .forEach(site -> selected.add(site.site()));
    if (selected.isEmpty()) {
      throw new ConfigurationException(
          List.of(
              tag == null
                  ? "name a site, or say --all; " + UnknownSite.known(known.keySet())
                  : "no enabled site has the tag '%s'; %s"
                      .formatted(Terminal.line(tag, 64), tags(sites))));
    }
    return selected;
  }

  private static String tags(List<Worker.Choice> sites) {
    String tags =
        sites.stream()
            .filter(Worker.Choice::enabled)
            .flatMap(site -> site.tags().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return tags.isEmpty() ? "none has any" : "there are: " + tags;
  }

  private Map<String, Object> wish(String site) {
    Map<String, Object> wish = new LinkedHashMap<>();
    wish.put("site", site);
    wish.put("profile", profile);
    wish.put("description", description);
    wish.put("comment", comment);
    wish.put("overrides", overrides.isEmpty() ? null : overrides);
    return wish;
  }

  private int report(List<Event> outcomes) throws Exception {
    int code = ExitCode.COMPLETED;
    for (Event outcome : outcomes) {
      code = ExitCode.worst(code, ExitCode.of(outcome.data().state()));
    }
    if (json) {
      EventJson writer = new EventJson();
      System.out.println(
          outcomes.size() == 1
              ? writer.write(outcomes.get(0))
              : writer.mapper().writeValueAsString(Map.of("outcomes", outcomes)));
    } else {
      outcomes.forEach(outcome -> System.out.print(Summary.of(outcome)));
      if (outcomes.size() > 1) {
        System.out.println();
        Summary.table(outcomes).lines().forEach(System.out::println);
      }
    }
    return code;
  }
}
