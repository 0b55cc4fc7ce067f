package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.backend.StoreReader;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.PluginLine;
import io.github.camelakeeba.app.cli.output.RunTable;
import io.github.camelakeeba.app.cli.output.StatusTables;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.watch.RunStory;
import io.github.camelakeeba.watch.SiteView;
import io.github.camelakeeba.watch.StatusView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "status",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:shown, whatever the state of sites and channels",
      "1:the store or the running serve failed",
      "2:wrong usage or configuration, or an unknown site"
    },
    description =
        "Shows the state of sites and channels: last good backups, what is running, what is overdue, and messages that could not be delivered. Changes nothing.",
    footer = {
      "",
      "Exit codes with --check, the plug-in of a monitoring system:",
      "  0   OK: all good",
      "  1   WARNING: a backup ended with warnings, a restore test did not prove one",
      "      or none has for too long, or messages are parked",
      "  2   CRITICAL: the last backup of a site failed, or a good one is overdue",
      "  3   UNKNOWN: cannot tell, such as while the store is away, or when usage or",
      "      configuration are wrong"
    })
final class StatusCommand extends ProgramCommand implements Callable<Integer> {
  private static final Pattern RUN = Pattern.compile(".+(@.+|-[0-9a-f]{8}(-[0-9a-f]{4}){3}-.{12})");

  @Parameters(
      paramLabel = "SITE",
      arity = "0..*",
      description =
          "Names of sites in sites.yaml; none: all. Or the id of one run: shows what happened in it, and when.")
  List<String> names = new ArrayList<>();

  @Option(names = "--tag", paramLabel = "T", description = "Only sites with this tag.")
  String tag;

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Option(
      names = PluginLine.OPTION,
      description =
          "Print the one line of a plug-in for Nagios, Icinga and the like, with performance data; the exit code says how all is. Sites that are switched off or paused do not count.")
  boolean check;

  @Override
  public Integer call() throws Exception {
    if (check && json) {
      throw new ConfigurationException("--check prints one line: leave out --json");
    }
    try (StoreReader store = StoreReader.open(home())) {
      Optional<RunStory> story = run(store);
      if (story.isPresent()) {
        return print(
            json, story::get, () -> RunTable.lines(story.get()).forEach(System.out::println));
      }
      StatusView status = selected(store.status(), store.isRemote());
      if (check) {
        PluginLine line = PluginLine.of(status);
        System.out.println(line.text());
        return line.code();
      }
      return print(
          json, () -> status, () -> new StatusTables(status).lines().forEach(System.out::println));
    }
  }

  /** A single name that is a run's id. */
  private Optional<RunStory> run(StoreReader store) throws Exception {
    return names.size() == 1 && !check && RUN.matcher(names.get(0)).matches()
        ? store.run(names.get(0))
        : Optional.empty();
  }

  private StatusView selected(StatusView all, boolean remote) {
    List<String> known = all.sites().stream().map(SiteView::site).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw UnknownSiteErrors.of(name, known, remote);
      }
    }
    List<SiteView> sites =
        all.sites().stream()
            .filter(site -> names.isEmpty() || names.contains(site.site()))
            .filter(site -> tag == null || site.tags().contains(tag))
            .toList();
    if (sites.isEmpty() && (check || tag != null)) {
      throw new ConfigurationException(
          tag == null
              ? UnknownSiteErrors.known(known)
              : "no site%s has the tag '%s'; %s"
                  .formatted(
                      names.isEmpty() ? "" : " of these",
                      UntrustedText.asName(tag),
                      tags(all.sites())));
    }
    return new StatusView(all.time(), all.nodes(), all.configurations(), sites, all.channels());
  }

  private static String tags(List<SiteView> sites) {
    String tags =
        sites.stream()
            .flatMap(site -> site.tags().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return tags.isEmpty() ? "none has any" : "there are: " + tags;
  }
}
