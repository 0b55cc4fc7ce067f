package io.github.camelakeeba.app.cli;

import picocli.CommandLine.Command;

@Command(
    name = "outbox",
    subcommands = {OutboxListCommand.class, OutboxRetryCommand.class},
    description = "Shows messages that are not delivered, and lets them be tried again.")
final class OutboxCommand extends ProgramCommand {}
