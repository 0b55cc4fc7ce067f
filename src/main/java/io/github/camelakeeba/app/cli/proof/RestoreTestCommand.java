package io.github.camelakeeba.app.cli.proof;

import io.github.camelakeeba.app.cli.backend.Backend;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.ProgressView;
import io.github.camelakeeba.app.cli.output.ProofView;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.proof.Proof;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restoretest",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:proved: the backup was restored, and is what it should be",
      "1:unproved: it was not, or is not; also when the command failed",
      "2:wrong usage or configuration, or an unknown site",
      "3:untested: the test could not be made, which says nothing of the backup",
      "4:refused: a test of another archive of the site waits or is being made"
    },
    description =
        "Restores a backup of a site into a scratch schema of the database server that its restoreTest names, counts tables and rows, reads every file of the archive, and removes it all again.")
public final class RestoreTestCommand extends ProgramCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SITE", description = "The name of a site in sites.yaml.")
  String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description =
          "The backup's number, as in 'list', or its backupid. Else the newest archive: one that was downloaded, else the newest good one on the site.")
  String id;

  @Option(
      names = "--json",
      description = "Print the record of the test as one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Backend backend = Backend.foreground(home())) {
      Proof proof = follow(backend, ask(backend));
      backend.awaitDeliveryOf(proof);
      print(json, () -> proof, () -> System.out.print(ProofView.of(proof)));
      return switch (proof.verdict()) {
        case "proved" -> ExitCode.COMPLETED;
        case "unproved" -> ExitCode.FAILED;
        default -> ExitCode.WARNING;
      };
    }
  }

  private Proof ask(Backend backend) throws Exception {
    try {
      return backend.prove(name, id);
    } catch (RunRefusedException e) {
      if (e.reason() != Reason.UNKNOWN_SITE) {
        throw e;
      }
      throw UnknownSiteErrors.of(
          name,
          backend.sites().stream().map(Backend.BackupSite::site).toList(),
          backend.isRemote());
    }
  }

  private Proof follow(Backend backend, Proof asked) throws Exception {
    try (ProgressView<Proof> progress = ProofView.progress(json)) {
      return progress.await(List.of(asked), backend::proof, Proof::hasEnded).get(0);
    }
  }
}
