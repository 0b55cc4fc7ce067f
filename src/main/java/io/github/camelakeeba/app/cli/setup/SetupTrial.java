package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.app.cli.backend.ChannelClient;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.notify.channel.WebhookTemplate;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.util.List;

/** The product with a configuration that is not written yet: nothing is scheduled or stored. */
final class SetupTrial implements AutoCloseable {
  private final Service service;

  private SetupTrial(Service service) {
    this.service = service;
  }

  /** Throws what a start with this configuration throws; its problems begin with the label. */
  static SetupTrial start(Home home, Candidate candidate, String label) throws Exception {
    Service.Plan unstored = StartModes.unstored(home);
    SitesLoader loader = new SitesLoader(WebhookTemplate::templateError);
    return new SetupTrial(
        Service.start(
            home,
            new Service.Plan(
                resolver ->
                    loader.load(
                        candidate.trial(),
                        label,
                        home.folder(),
                        candidate.functions().before(resolver)),
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
