package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.app.cli.backend.SiteTests;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.Colour;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.ProgressView;
import io.github.camelakeeba.app.cli.output.Table;
import io.github.camelakeeba.app.cli.output.Terminal;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.config.AbsoluteUrl;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "test",
    sortOptions = false,
    description =
        "Reaches a site, and says what is there and whether the secret works; of several sites one line each. Starts nothing.")
final class TestCommand extends ProgramCommand implements Callable<Integer> {
  private static final int MAX_WHY = 200; // characters

  @Parameters(paramLabel = "SITE", arity = "0..*", description = "Names of sites in sites.yaml.")
  List<String> names = new ArrayList<>();

  @Option(names = "--all", description = "All enabled sites.")
  boolean all;

  @Option(names = "--tag", paramLabel = "T", description = "All enabled sites with this tag.")
  String tag;

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    try (Service service = Service.start(home(), StartModes.unstored(home()))) {
      List<Site> sites = selected(service.configuration().sites());
      boolean single = names.size() == 1 && !all && tag == null;
      return single ? test(service, sites.get(0)) : test(service, sites);
    }
  }

  private List<Site> selected(Map<String, Site> known) {
    Map<String, Site> selected = new LinkedHashMap<>();
    for (String name : names) {
      if (!known.containsKey(name)) {
        throw UnknownSiteErrors.of(name, known.keySet());
      }
      selected.put(name, known.get(name));
    }
    known.values().stream()
        .filter(site -> site.enabled() && (all || tag != null && site.tags().contains(tag)))
        .forEach(site -> selected.put(site.name(), site));
    if (selected.isEmpty()) {
      throw new ConfigurationException(
          tag != null
              ? "no enabled site has the tag '%s'".formatted(UntrustedText.asName(tag))
              : all
                  ? "there is no enabled site; " + UnknownSiteErrors.known(known.keySet())
                  : "name a site, or say --all; " + UnknownSiteErrors.known(known.keySet()));
    }
    return List.copyOf(selected.values());
  }

  private int test(Service service, Site site) throws Exception {
    try {
      SiteClient.SiteReport report = new SiteClient(service, site).test();
      return print(json, () -> report, () -> print(report));
    } catch (AkeebaException why) {
      if (json) {
        printJson(failure(site, why));
      } else {
        System.err.printf("%s: %s: %s%n", site.name(), why.kind().word(), why.getMessage());
      }
      return ExitCode.FAILED;
    }
  }

  private static Map<String, Object> failure(Site site, AkeebaException why) {
    return Map.of(
        "site",
        site.name(),
        "error",
        Map.of("kind", why.kind().word(), "message", why.getMessage()));
  }

  private int test(Service service, List<Site> sites) throws Exception {
    List<SiteTests.Result> results;
    try (ProgressView<SiteTests.Result> progress = ProgressView.ofTests(sites.size(), json)) {
      results = new SiteTests(service, progress::show).run(sites);
    }
    long failed = results.stream().filter(result -> result.failure() != null).count();
    print(
        json,
        () -> Map.of("sites", results.stream().map(TestCommand::plain).toList()),
        () -> print(results, failed));
    return failed == 0 ? ExitCode.COMPLETED : ExitCode.FAILED;
  }

  private static Object plain(SiteTests.Result result) {
    return result.failure() == null ? result.report() : failure(result.site(), result.failure());
  }

  private static void print(List<SiteTests.Result> results, long failed) {
    Table table = new Table("SITE", "STATE", "PRODUCT", "API", "WHY");
    results.forEach(result -> row(table, result));
    List<String> lines = table.lines();
    boolean coloured = Terminal.coloured();
    System.out.println(lines.get(0));
    for (int i = 0; i < results.size(); i++) {
      Colour colour = results.get(i).failure() == null ? Colour.GREEN : Colour.RED;
      System.out.println(colour.of(lines.get(i + 1), coloured));
    }
    System.out.printf("%n%s of %s answer%n", results.size() - failed, results.size());
  }

  private static void row(Table table, SiteTests.Result result) {
    SiteClient.SiteReport report = result.report();
    if (report == null) {
      AkeebaException why = result.failure();
      String text = UntrustedText.oneLine(why.getMessage(), MAX_WHY);
      table.row(result.site().name(), why.kind().word(), "-", "-", text);
      return;
    }
    table.row(
        report.site(),
        "good",
        "%s %s (%s)".formatted(report.product(), report.version(), report.edition()),
        report.apiVersion() + ", level " + report.api(),
        AbsoluteUrl.isCleartext(URI.create(report.endpoint()))
            ? "plain http; whoever listens reads the credential"
            : "");
  }

  private static void print(SiteClient.SiteReport report) {
    System.out.printf(
        "%s answers, and the %s works.%n",
        report.site(), report.apiVersion().equals("v3") ? "token" : "secret");
    System.out.printf("  endpoint  %s%n", report.endpoint());
    System.out.printf(
        "  product   %s %s (%s)%n", report.product(), report.version(), report.edition());
    System.out.printf("  API       %s, level %s%n", report.apiVersion(), report.api());
    if (report.requests() > 0) {
      System.out.printf(
          "  found     by %s %s%n",
          report.requests(), report.requests() == 1 ? "request" : "requests");
    }
    for (SiteClient.Miss miss : report.notAt()) {
      System.out.printf("  not at    %s  %s%n", miss.endpoint(), UntrustedText.asCause(miss.why()));
    }
    for (Profile profile : report.profiles()) {
      System.out.printf(
          "  profile   %s  %s%n", profile.id(), UntrustedText.oneLine(profile.name(), 80));
    }
    if (AbsoluteUrl.isCleartext(URI.create(report.endpoint()))) {
      System.out.println(
          "warning: plain http; whoever listens reads the credential; write https into the url");
    }
  }
}
