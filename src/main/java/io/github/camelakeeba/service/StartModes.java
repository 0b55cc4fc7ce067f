package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.notify.channel.WebhookTemplate;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;

/** What the commands start. */
public final class StartModes {
  private StartModes() {}

  /** Everything: schedules, API, the home's store. */
  public static Service.Plan serve(Home home, WebServer.Factory api) {
    return new Service.Plan(
        resolver -> sites(home, resolver),
        context -> store(home, context, AwaitDatabase::open),
        ClaimPolicy.ALL,
        true,
        api,
        Timings.ofProcess());
  }

  /** The home's store, but no schedules and no API: for a run in the foreground. */
  public static Service.Plan foreground(Home home) {
    return new Service.Plan(
        resolver -> sites(home, resolver),
        context -> store(home, context, Supplier::get),
        ClaimPolicy.OWN_ONLY,
        false,
        null,
        Timings.ofProcess());
  }

  /** The home's store to look into, or nothing to see where there is none yet. */
  public static Service.Plan readOnly(Home home) {
    return new Service.Plan(
        resolver -> sites(home, resolver),
        context ->
            Settings.of(context).databaseUrl().isEmpty() && !Files.exists(home.store())
                ? Database.memory("look-" + UUID.randomUUID(), 4)
                : store(home, context, Supplier::get),
        ClaimPolicy.NONE,
        false,
        null,
        Timings.ofProcess());
  }

  /** The home's configuration and routes, but nothing that is kept. */
  public static Service.Plan unstored(Home home) {
    return new Service.Plan(
        resolver -> sites(home, resolver),
        context -> Database.memory("trial-" + UUID.randomUUID(), 4),
        ClaimPolicy.NONE,
        false,
        null,
        Timings.ofProcess());
  }

  private static Configuration sites(Home home, UnaryOperator<String> resolver) {
    return new SitesLoader(WebhookTemplate::templateError).load(home.sitesFile(), resolver);
  }

  private static Database store(
      Home home, CamelContext context, Function<Supplier<Database>, Database> opener) {
    Settings settings = Settings.of(context);
    String url = settings.databaseUrl();
    try {
      if (!url.isEmpty()) {
        return opener.apply(
            () ->
                Database.open(
                    url,
                    settings.databaseUser(),
                    settings.databasePassword(),
                    settings.poolSize()));
      }
      Files.createDirectories(home.data());
      return Database.file(home.data(), settings.poolSize());
    } catch (IOException | RuntimeException e) {
      throw StoreErrors.explain(e, home, settings);
    }
  }
}
