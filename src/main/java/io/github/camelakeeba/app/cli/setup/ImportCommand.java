package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.ProgramName;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.CronExpressions;
import io.github.camelakeeba.secret.UntrustedText;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    subcommands = {
      ImportCommand.RemoteCli.class,
      ImportCommand.Csv.class,
      ImportCommand.Panopticon.class
    },
    description =
        "Takes over the sites of another program: prints them as YAML, and writes each secret to a file of its own below config/secrets.")
public final class ImportCommand extends ProgramCommand {
  @Command(
      name = "remote-cli",
      sortOptions = false,
      description = "Sites of Akeeba Remote CLI: its file .akeebaremotecli, a section a site.")
  static final class RemoteCli extends OfFile {
    RemoteCli() {
      super(new RemoteCliFile());
    }
  }

  @Command(
      name = "csv",
      sortOptions = false,
      description =
          "Sites of a table: a row a site, below a row with the names of columns, of which url is required.")
  static final class Csv extends OfFile {
    Csv() {
      super(new CsvFile());
    }
  }

  @Command(
      name = "panopticon",
      sortOptions = false,
      description =
          "Sites of Akeeba Panopticon: JSON of its API or of its command line. Only records of single sites hold secrets.")
  static final class Panopticon extends OfFile {
    Panopticon() {
      super(new PanopticonFile());
    }
  }

  /** The same for each format. */
  private abstract static class OfFile extends ProgramCommand implements Callable<Integer> {
    private static final int MAX_KIB = 16 * 1024;

    private static final String HEAD =
        """
        # Imported from %s; every key: docs/reference/configuration.md
        """;

    @Parameters(paramLabel = "FILE", description = "The file with the sites.")
    Path file;

    @Option(
        names = "--to",
        paramLabel = "F",
        description =
            "Add the sites to this file below the home, such as config/sites.yaml, in place of printing them.")
    Path to;

    @Option(
        names = "--schedule",
        paramLabel = "S",
        description =
            "Schedule of sites that have none; none: on request only. Default: "
                + SiteDraft.PROPOSED_SCHEDULE
                + ".")
    String schedule = SiteDraft.PROPOSED_SCHEDULE;

    private final ImportFormat format;

    OfFile(ImportFormat format) {
      this.format = format;
    }

    @Override
    public Integer call() throws Exception {
      checkSchedule();
      String label = UntrustedText.asName(file.toAbsolutePath().getFileName().toString());
      ImportFindings findings = new ImportFindings();
      List<ImportedSite> sites = format.read(TextFile.read(file, MAX_KIB), label, findings);
      findings.throwIfAny();
      SitesFileWriter writer = to == null ? null : writer();
      String before = to == null ? null : writer.read();
      SitesText current = SitesText.of(before == null ? HEAD.formatted(label) : before);
      SiteImport imported = new SiteImport(home(), current, schedule, findings);
      Candidate candidate = imported.candidate(sites);
      imported.check(candidate, part(), to == null ? label : targetLabel());
      if (to != null) {
        checkSecrets(imported);
        writer.write(before, candidate.text(), candidate.secrets());
      } else {
        candidate.secrets().write();
        System.out.print(candidate.text());
      }
      tell(imported, candidate, findings);
      return ExitCode.COMPLETED;
    }

    private void checkSchedule() {
      try {
        if (!SiteDraft.ON_REQUEST.equals(schedule)) {
          CronExpressions.validated(schedule);
        }
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--schedule: it " + e.getMessage());
      }
    }

    private SitesFileWriter writer() {
      return new SitesFileWriter(home().folder().resolve(to), targetLabel());
    }

    /** The file that they are added to, if it is one of those that a serve reads. */
    private Path part() {
      Path target = to == null ? null : home().folder().resolve(to).normalize();
      Path sites = home().config().resolve("sites.yaml");
      return target != null
              && (target.equals(sites)
                  || target.getParent().equals(home().config().resolve("sites.d")))
          ? target
          : null;
    }

    private String targetLabel() {
      return UntrustedText.oneLine(to.toString().replace('\\', '/'), 200);
    }

    /** A serve would not start with what has no secret. */
    private static void checkSecrets(SiteImport imported) {
      if (!imported.withoutSecret().isEmpty()) {
        throw new ConfigurationException(
            "nothing was written: no secret is known of %s; write the secret word of each into its file %s first"
                .formatted(
                    String.join(", ", imported.withoutSecret()), SecretFiles.pathOf("NAME")));
      }
    }

    /** On stderr: what is printed on stdout is YAML and nothing else. */
    private void tell(SiteImport imported, Candidate candidate, ImportFindings findings) {
      findings.notes().forEach(System.err::println);
      int written = candidate.secrets().newFiles();
      System.err.printf(
          "%s: %s; %s in config/secrets, which only their owner can read.%n",
          to == null ? "sites" : "added to " + targetLabel(),
          imported.names().size(),
          written == 1 ? "1 new file" : written + " new files");
      if (!imported.withoutSecret().isEmpty()) {
        System.err.printf(
            "No secret is known of: %s. Write the secret word of each into its file config/secrets/NAME.%n",
            String.join(", ", imported.withoutSecret()));
      }
      System.err.println(
          to == null
              ? "Next: put them into config/sites.yaml; then %s, and test --all"
                  .formatted(ProgramName.with("check"))
              : "Next: %s, and test --all; a running serve takes them with reload"
                  .formatted(ProgramName.with("check")));
    }
  }
}
