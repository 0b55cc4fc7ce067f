package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.config.AbsoluteUrl;
import io.github.camelakeeba.secret.UntrustedText;
import java.net.URI;
import picocli.CommandLine.Command;

@Command(
    name = "test",
    description =
        "Reaches a site, and says what is there and whether the secret works. Starts nothing.")
final class TestCommand extends SiteCommand {
  @Override
  int act(SiteClient client) throws Exception {
    SiteClient.SiteReport report = client.test();
    return print(json, () -> report, () -> print(report));
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
