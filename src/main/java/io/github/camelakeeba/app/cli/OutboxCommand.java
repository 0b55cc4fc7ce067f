package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.command.ProgramCommand;
import picocli.CommandLine.Command;

@Command(
    name = "outbox",
    subcommands = {OutboxListCommand.class, OutboxRetryCommand.class},
    description = "Shows messages that are not delivered, and lets them be tried again.")
final class OutboxCommand extends ProgramCommand {}
