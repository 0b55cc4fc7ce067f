package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.Table;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/**
 * A command that talks to one site itself, also beside a running serve, and keeps nothing here but
 * what it is asked to.
 */
abstract class SiteCommand implements Callable<Integer> {
  @ParentCommand BackupApp parent;

  @Parameters(index = "0", paramLabel = "SITE", description = "The name of a site in sites.yaml.")
  String name;

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public final Integer call() throws Exception {
    check();
    try (Service service = Service.start(parent.home(), StartModes.unstored(parent.home()))) {
      Site site = service.configuration().sites().get(name);
      if (site == null) {
        throw UnknownSiteErrors.of(name, service.configuration().sites().keySet());
      }
      try {
        return act(new SiteClient(service, site), new Printer(service));
      } catch (AkeebaException why) {
        return failed(service, why);
      }
    }
  }

  /** Throws {@link ConfigurationException} when what was written can't be meant. */
  void check() {}

  /** Does it, and gives the exit code. */
  abstract int act(SiteClient desk, Printer printer) throws Exception;

  private int failed(Service service, AkeebaException why) throws Exception {
    if (json) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("site", name);
      error.put("error", Map.of("kind", why.kind().word(), "message", why.getMessage()));
      new Printer(service).json(error);
    } else {
      System.err.printf("%s: %s: %s%n", name, why.kind().word(), why.getMessage());
    }
    return ExitCode.FAILED;
  }

  /** Writes to stdout. */
  record Printer(Service service) {
    void json(Object value) throws Exception {
      System.out.println(service.beans().json().mapper().writeValueAsString(value));
    }

    void table(Table table) {
      table.lines().forEach(System.out::println);
    }
  }
}
