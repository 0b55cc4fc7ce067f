package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.backend.ReloadClient;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.reload.ReloadResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "reload",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the configuration was taken",
      "1:no serve of this home answers, or it failed",
      "2:the configuration is refused, with every problem on stderr; the one before holds"
    },
    description =
        "Has the running serve read its configuration anew: sites, channels, rules, triggers, limits. Runs in progress go on as they were begun.")
final class ReloadCommand extends ProgramCommand implements Callable<Integer> {
  private static final int MAX_NAMED = 20;

  @Option(names = "--json", description = "Print what has changed as one JSON object.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    Optional<ReloadResult> result = ReloadClient.reload(home());
    if (result.isEmpty()) {
      System.err.println(
          "no serve of this home answers: the configuration is read when one is started");
      return ExitCode.FAILED;
    }
    return print(json, result::get, () -> print(result.get()));
  }

  private static void print(ReloadResult result) {
    System.out.printf("The configuration was taken. Sites: %s.%n", result.sites());
    print("added", result.added());
    print("removed", result.removed());
    print("changed", result.changed());
    result.needsRestart().forEach(System.out::println);
  }

  private static void print(String what, List<String> sites) {
    if (!sites.isEmpty()) {
      int more = sites.size() - MAX_NAMED;
      System.out.printf(
          "%s: %s%s%n",
          what,
          String.join(", ", sites.subList(0, Math.min(sites.size(), MAX_NAMED))),
          more > 0 ? ", and " + more + " more" : "");
    }
  }
}
