package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.backend.StoreReader;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.Table;
import io.github.camelakeeba.outbox.UndeliveredMessages;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
    name = "list",
    sortOptions = false,
    description =
        "Lists the messages that are on their way, wait for their window, or were given up (parked), oldest first. Changes nothing.")
final class OutboxListCommand extends ProgramCommand implements Callable<Integer> {
  private static final int MAX_LIMIT = 1_000;

  @Option(names = "--channel", paramLabel = "C", description = "Only those to this channel.")
  String channel;

  @Option(names = "--parked", description = "Only those that were given up.")
  boolean parked;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many, up to 1000. Default: ${DEFAULT-VALUE}.")
  int limit;

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new ParameterException(
          spec.commandLine(), "--limit is a number from 1 to " + MAX_LIMIT);
    }
    try (StoreReader store = StoreReader.open(home())) {
      UndeliveredMessages undelivered = store.messages(channel, parked, limit);
      return print(json, () -> undelivered, () -> print(undelivered));
    }
  }

  private void print(UndeliveredMessages undelivered) {
    if (undelivered.messages().isEmpty()) {
      System.out.println(parked ? "No message is parked." : "Every message is delivered.");
      return;
    }
    Table table = new Table("ID", "CHANNEL", "EVENT", "STATE", "ATTEMPTS", "DUE", "LAST ERROR");
    for (UndeliveredMessages.Entry row : undelivered.messages()) {
      table.row(
          String.valueOf(row.id()),
          row.channel(),
          row.event(),
          state(row),
          String.valueOf(row.attempts()),
          row.parkedAt() == null ? second(row.dueAt()) : "parked " + second(row.parkedAt()),
          row.error() == null ? "-" : UntrustedText.oneLine(row.error(), 120));
    }
    table.print();
    int more = undelivered.count() - undelivered.messages().size();
    if (more > 0) {
      System.out.println("and " + more + " more");
    }
  }

  private static String state(UndeliveredMessages.Entry row) {
    return switch (row.state()) {
      case "pending" -> "on its way";
      case "waiting" -> "waits (" + row.waitsFor() + ")";
      default -> row.state();
    };
  }

  private static String second(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
