package io.github.camelakeeba.app.cli;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.demo.Again;
import io.github.camelakeeba.app.demo.DemoKit;
import io.github.camelakeeba.app.demo.DemoScreen;
import io.github.camelakeeba.app.demo.DemoSites;
import io.github.camelakeeba.app.web.ApiServer;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.rest.Caller.Scope;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.WebServer;
import io.github.camelakeeba.service.settings.ApiAccess;
import io.github.camelakeeba.service.settings.ObserveSettings;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.trigger.WebhookAuthenticator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description =
        "Shows the product at work: simulated sites, a mail catcher and a database in the process, and the page.")
final class DemoCommand extends ProgramCommand implements Callable<Integer> {
  private static final Caller VISITOR = new Caller("demo", Scope.ADMIN, Set.of());

  @Option(names = "--once", description = "End after one backup of each of three sites; no page.")
  boolean once;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Of the page; where it is in use, any other. Default: ${DEFAULT-VALUE}.")
  int port;

  @Override
  public Integer call() throws Exception {
    if (!DemoKit.isInstalled()) {
      throw new ConfigurationException(
          "the demo is a kit of its own, which is not installed: unpack the zip of the kit demo, of"
              + " this version, where the program is, so that there is lib/demo");
    }
    Path folder = Files.createTempDirectory("camel-akeeba-backup-demo");
    GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    try (SimulatedServer server = SimulatedServer.start()) {
      Path file = Files.createDirectories(folder.resolve("config")).resolve("sites.yaml");
      if (!once) {
        // the API says so of all that it gives, and the page shows it
        Files.writeString(file.resolveSibling("application.properties"), "backup.demo = true\n");
      }
      DemoSites sites = new DemoSites(server, once);
      System.out.printf(
          "%s simulated Akeeba Backup sites at %s, a mail catcher at smtp://127.0.0.1:%s.%n"
              + "Quartz starts one backup of %s within seconds.%s%n%n",
          once ? "Three" : "Eight",
          server.address(),
          smtp.getSmtp().getPort(),
          once ? "each" : "three of them",
          once ? "" : " Ctrl-C ends the demo.");
      Secret token = Secret.random();
      try (Service service =
          Service.start(new Home(folder), plan(file, sites, smtp.getSmtp().getPort(), token))) {
        // behind the # it goes to the page, and is never sent
        String page = once ? null : service.apiAddress() + "/#token=" + token.reveal();
        DemoScreen screen = new DemoScreen(service, smtp, System.out, page);
        if (once) {
          screen.showOnce();
        } else {
          System.out.printf("The page: %s%nWhat it shows of earlier days is made up.%n%n", page);
          screen.showAlways(new Again(System.in));
        }
      }
    } finally {
      smtp.stop();
      Files.deleteIfExists(folder.resolve("config/sites.yaml"));
      Files.deleteIfExists(folder.resolve("config/application.properties"));
      Files.deleteIfExists(folder.resolve("config"));
      Files.deleteIfExists(folder);
    }
    return ExitCode.COMPLETED;
  }

  private Service.Plan plan(Path file, DemoSites sites, int smtp, Secret token) {
    AtomicReference<Configuration> read = new AtomicReference<>();
    return new Service.Plan(
        resolver -> {
          // written at the last moment: a slow start must not miss the first fire times
          write(file, sites.yaml(smtp, LocalTime.now(ZoneOffset.UTC)));
          read.set(new SitesLoader().load(file, resolver));
          return read.get();
        },
        context -> {
          Database database = Database.memory("demo-" + UUID.randomUUID(), 10);
          if (!once) {
            sites.writePast(read.get(), database);
          }
          return database;
        },
        ClaimPolicy.ALL,
        true,
        once ? null : (none, context, timings) -> page(token, none.hooks(), context, timings),
        Timings.ofProcess());
  }

  /** On the port, or where that is in use on any. */
  private WebServer page(
      Secret token, WebhookAuthenticator hooks, CamelContext context, Timings timings)
      throws Exception {
    try {
      return ApiServer.start(api(port, token, hooks), context, timings);
    } catch (ConfigurationException e) {
      return ApiServer.start(api(0, token, hooks), context, timings);
    }
  }

  private static WebServer.Served api(int port, Secret token, WebhookAuthenticator hooks) {
    return new WebServer.Served(
        new Settings.Api(
            "127.0.0.1", port, ApiAccess.only(VISITOR, token), Settings.RATE, Set.of()),
        ObserveSettings.WITH_API,
        hooks);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
