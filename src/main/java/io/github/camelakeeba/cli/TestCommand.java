package io.github.camelakeeba.cli;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.site.Site;
import io.github.camelakeeba.site.WebAddress;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.camel.Exchange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Reaches a site, and says what is there. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    optionListHeading = "%nOptions:%n",
    description =
        "Reaches a site, and says what is there and whether the secret works. Starts nothing.")
final class TestCommand implements Callable<Integer> {
  @ParentCommand Backup parent;

  @Parameters(paramLabel = "SITE", description = "The name of a site in sites.yaml.")
  String name;

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Service service = Service.start(parent.home(), Plans.trial(parent.home()))) {
      Site site = service.configuration().sites().get(name);
      if (site == null) {
        throw UnknownSite.of(name, service.configuration().sites().keySet());
      }
      Exchange exchange =
          service
              .context()
              .createProducerTemplate()
              .request("direct:backup-test-site", request -> request.getMessage().setBody(site));
      return exchange.getException() == null
          ? found(service, exchange.getMessage().getBody(SiteReport.Found.class))
          : failed(service, exchange);
    }
  }

  private int found(Service service, SiteReport.Found found) throws Exception {
    if (json) {
      System.out.println(service.beans().json().mapper().writeValueAsString(found));
      return ExitCode.COMPLETED;
    }
    System.out.printf(
        "%s answers, and the %s works.%n",
        found.site(), found.apiVersion().equals("v3") ? "token" : "secret");
    System.out.printf("  endpoint  %s%n", found.endpoint());
    System.out.printf(
        "  product   %s %s (%s)%n", found.product(), found.version(), found.edition());
    System.out.printf("  API       %s, level %d%n", found.apiVersion(), found.api());
    if (found.requests() > 0) {
      System.out.printf(
          "  found     by %d %s%n",
          found.requests(), found.requests() == 1 ? "request" : "requests");
    }
    for (SiteReport.Miss miss : found.notAt()) {
      System.out.printf("  not at    %s  %s%n", miss.endpoint(), Terminal.line(miss.why(), 300));
    }
    for (Profile profile : found.profiles()) {
      System.out.printf("  profile   %d  %s%n", profile.id(), Terminal.line(profile.name(), 80));
    }
    if (WebAddress.readable(URI.create(found.endpoint()))) {
      System.out.println(
          "warning: plain http; whoever listens reads the credential; write https into the url");
    }
    return ExitCode.COMPLETED;
  }

  private int failed(Service service, Exchange exchange) throws Exception {
    AkeebaException why =
        service
            .beans()
            .failures()
            .explain(exchange.getException(), exchange.getVariable("call", Call.class));
    if (json) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("site", name);
      error.put("error", Map.of("kind", why.kind().word(), "message", why.getMessage()));
      System.out.println(service.beans().json().mapper().writeValueAsString(error));
    } else {
      System.err.printf("%s: %s: %s%n", name, why.kind().word(), why.getMessage());
    }
    return ExitCode.FAILED;
  }
}
