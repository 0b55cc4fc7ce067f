package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.DeletionRequest;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.app.cli.output.BackupRecordView;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.Terminal;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    description = "Deletes a backup on a site: its record, and its files there.")
class DeleteCommand extends SiteCommand {
  @Parameters(index = "1", paramLabel = "ID", description = "The backup's number, as in 'list'.")
  long id;

  @Option(
      names = "--yes",
      description = "Do not ask. Without a terminal nothing is deleted unless this is said.")
  boolean yes;

  private final DeletionRequest.Kind kind;
  private final String what;

  DeleteCommand() {
    this(DeletionRequest.Kind.DELETE, "record and files");
  }

  private DeleteCommand(DeletionRequest.Kind kind, String what) {
    this.kind = kind;
    this.what = what;
  }

  @Command(
      name = "delete-files",
      description = "Deletes the files of a backup on a site; its record stays.")
  static final class Files extends DeleteCommand {
    Files() {
      super(DeletionRequest.Kind.DELETE_FILES, "files");
    }
  }

  @Override
  int act(SiteClient client) throws Exception {
    if (!yes && !Terminal.present()) {
      System.err.println("nothing was deleted: there is no terminal to ask on; say --yes");
      return ExitCode.USAGE;
    }
    if (!yes && !confirmed(client.record(id))) {
      System.err.println("nothing was deleted");
      return ExitCode.FAILED;
    }
    BackupRecord deleted = client.delete(id, kind);
    return print(
        json,
        () -> Map.of("site", name, "deleted", deleted.members()),
        () -> System.out.printf("%s: deleted %s of backup %s.%n", name, what, deleted.id()));
  }

  private boolean confirmed(BackupRecord record) {
    String answer =
        System.console()
            .readLine(
                "Delete %s of backup %s of %s (%s, %s)? It can't be brought back. [y/N] ",
                what,
                record.id(),
                name,
                BackupRecordView.size(Math.max(record.totalSize(), record.size())),
                UntrustedText.oneLine(record.description(), 100));
    return answer != null && answer.strip().equalsIgnoreCase("y");
  }
}
