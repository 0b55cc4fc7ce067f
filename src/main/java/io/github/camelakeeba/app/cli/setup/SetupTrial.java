package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.app.cli.backend.ChannelClient;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.source.Sources;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.notify.channel.WebhookTemplate;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** The product with a configuration that is not written yet: nothing is scheduled or stored. */
final class SetupTrial implements AutoCloseable {
  private final Service service;

  private SetupTrial(Service service) {
    this.service = service;
  }

  /**
   * The home's configuration with what is to be written to this file; the file of none: what is to
   * be written alone. Throws what a start with it throws.
   *
   * @param label how problems name what is to be written alone
   */
  static SetupTrial start(Home home, Candidate candidate, Path file, String label)
      throws Exception {
    Service.Plan unstored = StartModes.unstored(home);
    SitesLoader loader =
        new SitesLoader(WebhookTemplate::templateError, Sources.known(home.sources()));
    return new SetupTrial(
        Service.start(
            home,
            new Service.Plan(
                resolver -> {
                  UnaryOperator<String> secrets = candidate.functions().before(resolver);
                  return file == null
                      ? loader.load(candidate.trial(), label, home.folder(), secrets)
                      : loader.load(
                          home.config().resolve("sites.yaml"),
                          file,
                          candidate.trial(),
                          home.folder(),
                          secrets);
                },
                unstored.database(),
                unstored.claiming(),
                unstored.schedules(),
                unstored.api(),
                unstored.timings())));
  }

  Configuration configuration() {
    return service.configuration();
  }

  List<String> warnings() {
    return new SitesLoader().warnings(configuration());
  }

  SiteClient site(String name) {
    return new SiteClient(service, configuration().sites().get(name));
  }

  /** Sends a test; null: accepted, else the reason. */
  String sendTest(String channel, String site) {
    ChannelClient client = new ChannelClient(service, configuration().channels().get(channel));
    return client.send(client.samples(configuration().sites().get(site)).event("completed"));
  }

  @Override
  public void close() throws Exception {
    service.close();
  }
}
