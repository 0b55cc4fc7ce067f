package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.backend.Backend;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.watch.SiteView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "stop",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the run has ended, or ends once its call is answered",
      "1:no run of the site is queued or running; or the store or the serve failed",
      "2:wrong usage or configuration, or an unknown site"
    },
    description =
        "Stops the run that 'status' shows for a site: it sends nothing more, and ends as failed (stopped). What it has begun stays on the site: its record, and the files so far.")
final class StopCommand extends ProgramCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SITE", description = "Name of a site in sites.yaml.")
  String name;

  @Option(names = "--json", description = "Print the run as one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Backend backend = Backend.readOnly(home())) {
      RunView run = newest(backend.status().sites(), backend.isRemote());
      if (run == null || run.endedAt() != null) {
        return nothingToStop();
      }
      RunView stopped = backend.stop(run.id());
      return print(json, () -> stopped, () -> print(stopped));
    } catch (RunRefusedException e) {
      if (e.reason() == Reason.ENDED) {
        return nothingToStop();
      }
      throw e;
    }
  }

  private RunView newest(List<SiteView> sites, boolean remote) {
    return sites.stream()
        .filter(site -> site.site().equals(name))
        .findFirst()
        .orElseThrow(
            () -> UnknownSiteErrors.of(name, sites.stream().map(SiteView::site).toList(), remote))
        .run();
  }

  private int nothingToStop() {
    System.err.println("no run of " + name + " is queued or running");
    return ExitCode.FAILED;
  }

  private static void print(RunView run) {
    if (run.open()) {
      System.out.printf(
          "Run %s ends once the call under way is answered. What it has begun stays on the site:"
              + " its record, and the files so far.%n",
          run.id());
    } else {
      System.out.printf("Run %s has ended. %s%n", run.id(), run.outcome().data().error().message());
    }
  }
}
