package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that calls one site itself, also beside a running serve, and stores nothing. */
abstract class SiteCommand extends ProgramCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SITE", description = "The name of a site in sites.yaml.")
  String name;

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public final Integer call() throws Exception {
    check();
    try (Service service = Service.start(home(), StartModes.unstored(home()))) {
      Site site = service.configuration().sites().get(name);
      if (site == null) {
        throw UnknownSiteErrors.of(name, service.configuration().sites().keySet());
      }
      try {
        return act(new SiteClient(service, site));
      } catch (AkeebaException why) {
        return failed(why);
      }
    }
  }

  /** Throws {@link ConfigurationException} when a parameter is wrong. */
  void check() {}

  /** Returns the exit code. */
  abstract int act(SiteClient client) throws Exception;

  private int failed(AkeebaException why) throws Exception {
    if (json) {
      Map<String, String> error = Map.of("kind", why.kind().word(), "message", why.getMessage());
      printJson(Map.of("site", name, "error", error));
    } else {
      System.err.printf("%s: %s: %s%n", name, why.kind().word(), why.getMessage());
    }
    return ExitCode.FAILED;
  }
}
