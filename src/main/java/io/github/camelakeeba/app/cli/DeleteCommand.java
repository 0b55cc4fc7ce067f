package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.DeletionRequest;
import picocli.CommandLine.Command;

/** Takes a backup away. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    optionListHeading = "%nOptions:%n",
    description = "Deletes a backup on a site: its record, and its files there.")
final class DeleteCommand extends DeletingCommand {
  DeleteCommand() {
    super(DeletionRequest.Kind.DELETE, "record and files");
  }
}
