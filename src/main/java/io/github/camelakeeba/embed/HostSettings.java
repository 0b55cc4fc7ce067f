package io.github.camelakeeba.embed;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.config.source.Sources;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.notify.channel.WebhookTemplate;
import io.github.camelakeeba.reload.ConfigurationSource;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StoreErrors;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys {@code backup.sites}, {@code backup.home}, {@code backup.data} and {@code
 * backup.database.*} of a host's properties.
 *
 * @param sites {@code file:…}, {@code classpath:…} or the name of a file
 * @param home where relative names in sites.yaml start, and of {@code config/templates}
 * @param data the folder of the embedded database, or "" for none
 */
record HostSettings(String sites, Home home, String data) {
  private static final Logger LOG = LoggerFactory.getLogger(HostSettings.class);

  static HostSettings of(CamelContext context) {
    String sites = Settings.text(context, "sites", "");
    String data = Settings.text(context, "data", "");
    if (sites.isEmpty()) {
      throw Settings.wrong("sites", "is missing; name sites.yaml as file:… or classpath:…");
    }
    if (!data.isEmpty() && !Settings.text(context, "database.url", "").isEmpty()) {
      throw Settings.wrong(
          "data", "a store in a folder and backup.database.url exclude each other; keep one");
    }
    if (!Settings.text(context, "api.token", "").isEmpty()) {
      LOG.warn("backup.api.token is set, but inside another application no HTTP API is served");
    }
    return new HostSettings(sites, Home.of(Path.of(Settings.text(context, "home", ""))), data);
  }

  /** Schedules and everything that is due, but no HTTP API. */
  Service.Plan plan(CamelContext context) {
    Path copies = data.isEmpty() ? null : home.folder().resolve(data).resolve("sources");
    Sources sources = Sources.kept(copies);
    return new Service.Plan(
        new ConfigurationSource() {
          @Override
          public Configuration read(UnaryOperator<String> properties) {
            return withoutHttpTriggers(configuration(context, sources, properties));
          }

          @Override
          public void taken() {
            sources.taken();
          }
        },
        this::store,
        ClaimPolicy.ALL,
        true,
        null,
        Timings.SHIPPED);
  }

  /** The module opens no port, and guards no server of the host. */
  private Configuration withoutHttpTriggers(Configuration configuration) {
    List<Trigger> triggers = configuration.triggers();
    List<String> problems =
        IntStream.range(0, triggers.size())
            .filter(i -> triggers.get(i).scheme().equals("servlet"))
            .mapToObj(
                i ->
                    ("%s: triggers[%s].from: inside another application no call over HTTP is taken;"
                            + " let a route of the application take it and send it to"
                            + " direct:backup-ask")
                        .formatted(sites, i))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return configuration;
  }

  private Configuration configuration(
      CamelContext context, Sources sources, UnaryOperator<String> resolver) {
    SitesLoader file = new SitesLoader(WebhookTemplate::templateError, sources);
    if (!sites.startsWith("classpath:")) {
      Path path = home.folder().resolve(sites.replaceFirst("^file:(//)?", ""));
      if (!Files.isRegularFile(path)) {
        throw Settings.wrong("sites", "there is no file " + path);
      }
      return file.load(path, home.folder(), resolver);
    }
    try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, sites)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return file.load(text, sites.substring("classpath:".length()), home.folder(), resolver);
    } catch (IOException e) {
      throw Settings.wrong("sites", "there is no %s on the class path".formatted(sites), e);
    }
  }

  private Database store(CamelContext context) {
    Settings settings = Settings.of(context);
    String url = settings.databaseUrl();
    if (url.isEmpty() && data.isEmpty()) {
      LOG.warn(
          "the store is in memory: no request, run or message outlives this process;"
              + " set backup.database.url or backup.data");
      return Database.memory("backup-" + UUID.randomUUID(), settings.poolSize());
    }
    try {
      if (!url.isEmpty()) {
        return settings.openDatabase();
      }
      return Database.file(
          Files.createDirectories(home.folder().resolve(data)), settings.poolSize());
    } catch (IOException | RuntimeException e) {
      throw url.isEmpty()
          ? Settings.wrong(
              "data",
              "no store can be opened there (%s); is it in use by another process?"
                  .formatted(UntrustedText.asCause(TransientStoreErrors.reason(e))),
              e)
          : StoreErrors.explain(e, settings);
    }
  }
}
