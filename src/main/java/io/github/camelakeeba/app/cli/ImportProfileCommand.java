package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.client.ProfileImport;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "import-profile",
    description =
        "Puts an exported Akeeba profile into a site as a new one, and checks by exporting it again that the site has stored it as it is.")
final class ImportProfileCommand extends SiteCommand {
  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "JSON as 'export-profile' or Akeeba's own export writes it.")
  Path file;

  @Override
  int act(SiteClient client) throws Exception {
    ProfileImport.ImportedProfile done = client.importProfile(profile());
    return print(
        json,
        () -> Map.of("site", name, "profile", done.id(), "description", done.description()),
        () ->
            System.out.printf(
                "%s: imported as profile %s (%s); the site exports what was sent.%n",
                name, done.id(), UntrustedText.oneLine(done.description(), 100)));
  }

  private ExportedProfile profile() {
    try {
      if (Files.size(file) > 1024 * 1024) {
        throw new IllegalArgumentException("is larger than 1 MiB, which no profile is");
      }
      return ExportedProfile.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ConfigurationException(file + ": is not readable");
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(file + ": " + e.getMessage());
    }
  }
}
