package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.app.cli.output.Table;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "profiles", description = "Lists the Akeeba profiles of a site.")
final class ProfilesCommand extends SiteCommand {
  @Override
  int act(SiteClient client) throws Exception {
    List<Profile> profiles = client.profiles();
    Table table = new Table("PROFILE", "NAME");
    profiles.forEach(
        profile ->
            table.row(String.valueOf(profile.id()), UntrustedText.oneLine(profile.name(), 100)));
    return print(json, () -> Map.of("site", name, "profiles", profiles), table::print);
  }
}
