package io.github.camelakeeba.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** What is done with messages that are not delivered. */
@Command(
    name = "outbox",
    mixinStandardHelpOptions = true,
    subcommands = {OutboxListCommand.class, OutboxRetryCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    description = "Shows messages that are not delivered, and lets them be tried again.")
final class OutboxCommand {
  @ParentCommand BackupApp parent;
}
