package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.backend.Backend;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.OutcomeView;
import io.github.camelakeeba.app.cli.output.PauseText;
import io.github.camelakeeba.app.cli.output.ProgressView;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.secret.UntrustedText;
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

@Command(
    name = "backup",
    sortOptions = false,
    description = "Takes a backup now, and shows how it goes until it has ended.")
final class BackupCommand extends ProgramCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SITE", arity = "0..*", description = "Names of sites in sites.yaml.")
  List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "All enabled sites.")
  boolean all;

  @Option(names = "--tag", paramLabel = "T", description = "All enabled sites with this tag.")
  String tag;

  @Option(
      names = "--failed",
      description =
          "Only those whose last backup failed; without names, --all and --tag: of all enabled sites. When there are none nothing is done.")
  boolean failed;

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
    try (Backend backend = Backend.foreground(home())) {
      List<RunView> runs = new ArrayList<>();
      int code = ExitCode.COMPLETED;
      for (Backend.BackupSite site : selected(backend.sites(), backend.isRemote())) {
        try {
          runs.add(backend.accept(requestBody(site.site())));
          if (site.paused() != null) {
            System.err.println(PauseText.notHeeded(site.site(), site.paused(), site.zone()));
          }
        } catch (RunRefusedException refused) {
          if (refused.reason() != RunRefusedException.Reason.BUSY) {
            throw refused;
          }
          System.err.println(refused.getMessage());
          code = ExitCode.REFUSED; // the other sites' backups are taken all the same
        }
      }
      if (runs.isEmpty() && code == ExitCode.COMPLETED) {
        return print(
            json,
            () -> Map.of("outcomes", List.of()),
            () -> System.out.println("The last backup of none of these sites has failed."));
      }
      return runs.isEmpty() ? code : ExitCode.worst(code, follow(backend, runs));
    }
  }

  private int follow(Backend backend, List<RunView> runs) throws Exception {
    List<Event> outcomes;
    try (ProgressView<RunView> progress = ProgressView.ofRuns(runs, json)) {
      outcomes =
          progress.await(runs, run -> backend.poll(run.id()), run -> run.outcome() != null).stream()
              .map(RunView::outcome)
              .toList();
      backend.awaitDelivery(outcomes);
    }
    return report(outcomes); // after the bar, which would draw over it
  }

  private List<Backend.BackupSite> selected(List<Backend.BackupSite> sites, boolean remote) {
    Map<String, Backend.BackupSite> known = new LinkedHashMap<>();
    sites.forEach(site -> known.put(site.site(), site));
    for (String name : names) {
      if (!known.containsKey(name)) {
        throw UnknownSiteErrors.of(name, known.keySet(), remote);
      }
      if (!known.get(name).enabled()) {
        throw new ConfigurationException(
            "the site %s is switched off (enabled: false)".formatted(name));
      }
    }
    boolean every = all || failed && names.isEmpty() && tag == null;
    Set<String> selected = new LinkedHashSet<>(names);
    sites.stream()
        .filter(site -> site.enabled() && (every || tag != null && site.tags().contains(tag)))
        .forEach(site -> selected.add(site.site()));
    if (selected.isEmpty()) {
      throw new ConfigurationException(
          tag == null
              ? "name a site, or say --all; " + UnknownSiteErrors.known(known.keySet())
              : "no enabled site has the tag '%s'; %s"
                  .formatted(UntrustedText.asName(tag), tags(sites)));
    }
    if (failed) {
      selected.removeIf(name -> known.get(name).failures() == 0);
    }
    return selected.stream().map(known::get).toList();
  }

  private static String tags(List<Backend.BackupSite> sites) {
    String tags =
        sites.stream()
            .filter(Backend.BackupSite::enabled)
            .flatMap(site -> site.tags().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return tags.isEmpty() ? "none has any" : "there are: " + tags;
  }

  private Map<String, Object> requestBody(String site) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("site", site);
    body.put("profile", profile);
    body.put("description", description);
    body.put("comment", comment);
    body.put("overrides", overrides.isEmpty() ? null : overrides);
    return body;
  }

  private int report(List<Event> outcomes) throws Exception {
    int code = ExitCode.COMPLETED;
    for (Event outcome : outcomes) {
      code = ExitCode.worst(code, ExitCode.of(outcome.data().state()));
    }
    if (json) {
      printJson(outcomes.size() == 1 ? outcomes.get(0) : Map.of("outcomes", outcomes));
    } else {
      outcomes.forEach(outcome -> System.out.print(OutcomeView.of(outcome)));
      if (outcomes.size() > 1) {
        System.out.println();
        OutcomeView.table(outcomes).lines().forEach(System.out::println);
      }
    }
    return code;
  }
}
