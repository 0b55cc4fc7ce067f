package io.github.camelakeeba.app.cli;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.demo.DemoScreen;
import io.github.camelakeeba.app.demo.DemoSites;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description =
        "Shows the product at work: three simulated sites, a mail catcher and a database in the process.")
final class DemoCommand extends ProgramCommand implements Callable<Integer> {
  @Option(names = "--once", description = "End after one backup of each site.")
  boolean once;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("camel-akeeba-backup-demo");
    GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    try (SimulatedServer server = SimulatedServer.start()) {
      Path sites = Files.createDirectories(folder.resolve("config")).resolve("sites.yaml");
      Map<String, SimulatedSite> simulated = DemoSites.simulate(server);
      System.out.printf(
          "Three simulated Akeeba Backup sites at %s, a mail catcher at smtp://127.0.0.1:%s.%n"
              + "Quartz starts a backup of each within seconds.%s%n%n",
          server.address(), smtp.getSmtp().getPort(), once ? "" : " Ctrl-C ends the demo.");
      try (Service service =
          Service.start(new Home(folder), plan(sites, simulated, smtp.getSmtp().getPort()))) {
        new DemoScreen(service, smtp, System.out).show(once);
      }
    } finally {
      smtp.stop();
      Files.deleteIfExists(folder.resolve("config/sites.yaml"));
      Files.deleteIfExists(folder.resolve("config"));
      Files.deleteIfExists(folder);
    }
    return ExitCode.COMPLETED;
  }

  private static Service.Plan plan(Path sites, Map<String, SimulatedSite> simulated, int smtp) {
    return new Service.Plan(
        resolver -> {
          // written at the last moment: a slow start must not miss the first fire times
          write(sites, DemoSites.yaml(simulated, smtp, LocalTime.now().getSecond()));
          return new SitesLoader().load(sites, resolver);
        },
        context -> Database.memory("demo-" + UUID.randomUUID(), 10),
        ClaimPolicy.ALL,
        true,
        null,
        Timings.ofProcess());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
