package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.backend.StoreReader;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "retry",
    sortOptions = false,
    description =
        "Lets messages be tried again at once, as if they were new: without options all that are parked; with a channel or numbers also those that wait for their next attempt. A running serve delivers them, or else the next one. What waits for a digest or the end of quiet hours goes on waiting.")
final class OutboxRetryCommand extends ProgramCommand implements Callable<Integer> {
  @Option(names = "--channel", paramLabel = "C", description = "Only those to this channel.")
  String channel;

  @Option(
      names = "--id",
      paramLabel = "N[,N]",
      hideParamSyntax = true,
      arity = "1..*",
      split = ",",
      description = "Only these, by the number that 'outbox list' shows.")
  List<Long> ids = new ArrayList<>();

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (StoreReader store = StoreReader.open(home())) {
      int retried = store.retry(channel, ids);
      String messages = retried == 1 ? "message is" : "messages are";
      return print(
          json,
          () -> Map.of("retried", retried),
          () -> System.out.printf("%s %s due again.%n", retried, messages));
    }
  }
}
