package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.WebhookTemplate;
import io.github.camelakeeba.run.Claiming;
import io.github.camelakeeba.run.Database;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.SitesFile;
import io.github.camelakeeba.site.Timings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;

/** What the commands start. */
final class Plans {
  private Plans() {}

  /** Everything: schedules, API, the home's store. */
  static Service.Plan serve(Home home) {
    return new Service.Plan(
        resolver -> sites(home, resolver),
        context -> store(home, context, StoreAwaited::open),
        Claiming.ALL,
        true,
        true,
        Timings.ofProcess());
  }

  /** The home's store, but no schedules and no API: for a run in the foreground. */
  static Service.Plan foreground(Home home) {
    return new Service.Plan(
        resolver -> sites(home, resolver),
        context -> store(home, context, Supplier::get),
        Claiming.ONLY_OURS,
        false,
        false,
        Timings.ofProcess());
  }

  /** The home's store to look into, or nothing to see where there is none yet. */
  static Service.Plan look(Home home) {
    return new Service.Plan(
        resolver -> sites(home, resolver),
        context ->
            Settings.of(context).databaseUrl().isEmpty() && !Files.exists(home.store())
                ? Database.memory("look-" + UUID.randomUUID(), 4)
                : store(home, context, Supplier::get),
        Claiming.NONE,
        false,
        false,
        Timings.ofProcess());
  }

  /** The home's configuration and routes, but nothing that is kept. */
  static Service.Plan trial(Home home) {
    return new Service.Plan(
        resolver -> sites(home, resolver),
        context -> Database.memory("trial-" + UUID.randomUUID(), 4),
        Claiming.NONE,
        false,
        false,
        Timings.ofProcess());
  }

  private static Configuration sites(Home home, UnaryOperator<String> resolver) {
    return new SitesFile(WebhookTemplate::fault).load(home.sitesFile(), resolver);
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
      throw StoreFault.explain(e, home, settings);
    }
  }
}
