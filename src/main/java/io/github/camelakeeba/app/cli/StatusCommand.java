package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.backend.StoreReader;
import io.github.camelakeeba.app.cli.output.RunTable;
import io.github.camelakeeba.app.cli.output.StatusTables;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.watch.RunStory;
import io.github.camelakeeba.watch.SiteView;
import io.github.camelakeeba.watch.StatusView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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
        "Shows the state of sites and channels: last good backups, what is running, what is overdue, and messages that could not be delivered. Changes nothing.")
final class StatusCommand extends ProgramCommand implements Callable<Integer> {
  private static final Pattern RUN = Pattern.compile(".+(@.+|-[0-9a-f]{8}(-[0-9a-f]{4}){3}-.{12})");

  @Parameters(
      paramLabel = "SITE",
      arity = "0..*",
      description =
          "Names of sites in sites.yaml; none: all. Or the id of one run: shows what happened in it, and when.")
  List<String> names = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (StoreReader store = StoreReader.open(home())) {
      Optional<RunStory> story = run(store);
      if (story.isPresent()) {
        return print(
            json, story::get, () -> RunTable.lines(story.get()).forEach(System.out::println));
      }
      StatusView status = selected(store.status(), store.isRemote());
      return print(
          json, () -> status, () -> new StatusTables(status).lines().forEach(System.out::println));
    }
  }

  /** A single name that is a run's id. */
  private Optional<RunStory> run(StoreReader store) throws Exception {
    return names.size() == 1 && RUN.matcher(names.get(0)).matches()
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
    return names.isEmpty()
        ? all
        : new StatusView(
            all.time(),
            all.nodes(),
            all.sites().stream().filter(site -> names.contains(site.site())).toList(),
            all.channels());
  }
}
