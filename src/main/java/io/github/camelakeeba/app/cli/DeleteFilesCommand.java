package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.DeletionRequest;
import picocli.CommandLine.Command;

/** Takes the files of a backup away. */
@Command(
    name = "delete-files",
    mixinStandardHelpOptions = true,
    optionListHeading = "%nOptions:%n",
    description = "Deletes the files of a backup on a site; its record stays.")
final class DeleteFilesCommand extends DeletingCommand {
  DeleteFilesCommand() {
    super(DeletionRequest.Kind.DELETE_FILES, "files");
  }
}
