package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.config.AbsoluteUrl;
import io.github.camelakeeba.secret.UntrustedText;
import java.net.URI;
import picocli.CommandLine.Command;

/** Reaches a site, and says what is there. */
@Command(
    name = "test",
    description =
        "Reaches a site, and says what is there and whether the secret works. Starts nothing.")
final class TestCommand extends SiteCommand {
  @Override
  int act(SiteClient client) throws Exception {
    SiteClient.SiteReport found = client.test();
    if (json) {
      printJson(found);
      return ExitCode.COMPLETED;
    }
    System.out.printf(
        "%s answers, and the %s works.%n",
        found.site(), found.apiVersion().equals("v3") ? "token" : "secret");
    System.out.printf("  endpoint  %s%n", found.endpoint());
    System.out.printf(
        "  product   %s %s (%s)%n", found.product(), found.version(), found.edition());
    System.out.printf("  API       %s, level %s%n", found.apiVersion(), found.api());
    if (found.requests() > 0) {
      System.out.printf(
          "  found     by %s %s%n",
          found.requests(), found.requests() == 1 ? "request" : "requests");
    }
    for (SiteClient.Miss miss : found.notAt()) {
      System.out.printf("  not at    %s  %s%n", miss.endpoint(), UntrustedText.asCause(miss.why()));
    }
    for (Profile profile : found.profiles()) {
      System.out.printf(
          "  profile   %s  %s%n", profile.id(), UntrustedText.oneLine(profile.name(), 80));
    }
    if (AbsoluteUrl.isCleartext(URI.create(found.endpoint()))) {
      System.out.println(
          "warning: plain http; whoever listens reads the credential; write https into the url");
    }
    return ExitCode.COMPLETED;
  }
}
