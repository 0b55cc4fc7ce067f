package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.service.Home;
import java.io.IOException;
import picocli.CommandLine.Command;

@Command(
    name = "init",
    sortOptions = false,
    description =
        "Writes config/sites.yaml with a first site, and its secret to a file of its own. Asks on a terminal for what no option says, and tries the site before anything is written.")
public class InitCommand extends SetupCommand {
  @Override
  SiteSetup setup(Home home) throws IOException {
    return SiteSetup.first(home);
  }

  /** The same beside other sites. */
  @Command(
      name = "add-site",
      sortOptions = false,
      description =
          "Adds a site to config/sites.yaml, whose comments and order stay, as 'init' writes the first one.")
  public static final class AddSite extends SetupCommand {
    @Override
    SiteSetup setup(Home home) throws IOException {
      return SiteSetup.another(home);
    }
  }
}
