package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.backend.StoreReader;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.PauseText;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.watch.SiteView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "resume",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the site is not paused",
      "1:the store or the running serve failed",
      "2:wrong usage or configuration, or an unknown site"
    },
    description =
        "Ends the pause of a site: the next fire of its schedule is taken again. What the pause has skipped is not made up for.")
class ResumeCommand extends ProgramCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SITE", description = "Name of a site in sites.yaml.")
  String name;

  @Option(names = "--json", description = "Print the site as one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (StoreReader store = StoreReader.openToChange(home())) {
      SiteView site = change(store);
      return print(json, () -> site, () -> System.out.println(PauseText.sentence(site)));
    }
  }

  private SiteView change(StoreReader store) throws Exception {
    try {
      return act(store);
    } catch (RunRefusedException e) {
      if (e.reason() != Reason.UNKNOWN_SITE) {
        throw e;
      }
      throw UnknownSiteErrors.of(
          name, store.status().sites().stream().map(SiteView::site).toList(), store.isRemote());
    }
  }

  SiteView act(StoreReader store) throws Exception {
    return store.resume(name);
  }
}
