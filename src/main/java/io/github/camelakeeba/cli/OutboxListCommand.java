package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.EventJson;
import io.github.camelakeeba.notify.Undelivered;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Lists messages that are not delivered. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    optionListHeading = "%nOptions:%n",
    description =
        "Lists the messages that are on their way, wait for their window, or were given up (parked), oldest first. Changes nothing.")
final class OutboxListCommand implements Callable<Integer> {
  private static final int MOST = 1_000;
  private static final int LONGEST_ERROR = 120;

  @Spec CommandSpec spec;
  @ParentCommand OutboxCommand outbox;

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
    if (limit < 1 || limit > MOST) {
      throw new ParameterException(spec.commandLine(), "--limit is a number from 1 to " + MOST);
    }
    Undelivered undelivered;
    try (Desk desk = Desk.of(outbox.parent.home())) {
      undelivered = desk.messages(channel, parked, limit);
    }
    if (json) {
      System.out.println(new EventJson().mapper().writeValueAsString(undelivered));
    } else {
      print(undelivered);
    }
    return ExitCode.COMPLETED;
  }

  private void print(Undelivered undelivered) {
    if (undelivered.messages().isEmpty()) {
      System.out.println(parked ? "No message is parked." : "Every message is delivered.");
      return;
    }
    Table table = new Table("ID", "CHANNEL", "EVENT", "STATE", "ATTEMPTS", "DUE", "LAST ERROR");
    for (Undelivered.Row row : undelivered.messages()) {
      table.row(
          String.valueOf(row.id()),
          row.channel(),
          row.event(),
          state(row),
          String.valueOf(row.attempts()),
          row.parkedAt() == null ? second(row.dueAt()) : "parked " + second(row.parkedAt()),
          row.error() == null ? "-" : Terminal.line(row.error(), LONGEST_ERROR));
    }
    table.lines().forEach(System.out::println);
    int more = undelivered.count() - undelivered.messages().size();
    if (more > 0) {
      System.out.println("and " + more + " more");
    }
  }

  private static String state(Undelivered.Row row) {
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
