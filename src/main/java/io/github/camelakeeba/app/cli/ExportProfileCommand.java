package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.OwnerOnlyFile;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export-profile",
    description =
        "Prints an Akeeba profile of a site as JSON, as Akeeba's own export does. It may hold passwords of the site.")
final class ExportProfileCommand extends SiteCommand {
  @Parameters(index = "1", paramLabel = "N", description = "The profile's number, from 1.")
  int profile;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "Writes it there, for nobody else to read; a file that is there stays.")
  Path to;

  @Override
  void check() {
    if (profile < 1) {
      throw new ConfigurationException(
          "export-profile: N must be the number of a profile, from 1; 'profiles %s' lists them"
              .formatted(name));
    }
  }

  @Override
  int act(SiteClient client) throws Exception {
    ExportedProfile exported = client.exportProfile(profile);
    if (to == null) {
      System.out.println(exported.json());
      return ExitCode.COMPLETED;
    }
    try {
      OwnerOnlyFile.create(to).close();
      Files.writeString(to, exported.json() + System.lineSeparator());
    } catch (FileAlreadyExistsException e) {
      System.err.println(to + " is there already; nothing was written");
      return ExitCode.USAGE;
    } catch (IOException e) {
      System.err.println(to + " can't be written: " + e.getMessage());
      return ExitCode.FAILED;
    }
    String description = exported.description();
    return print(
        json,
        () -> new ExportReport(name, profile, description, to.toString()),
        () ->
            System.out.printf(
                "%s: profile %s (%s) is in %s. It may hold passwords of the site.%n",
                name, profile, UntrustedText.oneLine(description, 100), to));
  }

  record ExportReport(String site, int profile, String description, String file) {}
}
