package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.source.Sources;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.notify.channel.WebhookTemplate;
import io.github.camelakeeba.reload.ConfigurationSource;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.secret.OwnerOnlyFile;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;

/** The plans of what the commands start. */
public final class StartModes {
  private StartModes() {}

  /** Everything: schedules, API, the home's store. */
  public static Service.Plan serve(Home home, WebServer.Factory api) {
    return plan(
        home,
        context -> store(home, Settings.of(context), AwaitDatabase::open),
        ClaimPolicy.ALL,
        true,
        api,
        Sources.kept(home.sources()));
  }

  /** The home's store, but no schedules and no API: for a run in the foreground. */
  public static Service.Plan foreground(Home home) {
    return plan(
        home,
        context -> store(home, Settings.of(context), Supplier::get),
        ClaimPolicy.OWN_ONLY,
        false,
        null,
        Sources.kept(home.sources()));
  }

  /** The home's store to read, or an empty one where there is none yet. */
  public static Service.Plan readOnly(Home home) {
    return plan(
        home,
        context -> storeToRead(home, Settings.of(context)),
        ClaimPolicy.NONE,
        false,
        null,
        Sources.known(home.sources()));
  }

  /** The home's configuration and routes, but nothing that is kept. */
  public static Service.Plan unstored(Home home) {
    return plan(
        home,
        context -> Database.memory("trial-" + UUID.randomUUID(), 4),
        ClaimPolicy.NONE,
        false,
        null,
        Sources.tried(home.sources()));
  }

  private static Service.Plan plan(
      Home home,
      Function<CamelContext, Database> database,
      ClaimPolicy claiming,
      boolean schedules,
      WebServer.Factory api,
      Sources sources) {
    SitesLoader loader = new SitesLoader(WebhookTemplate::templateError, sources);
    return new Service.Plan(
        new ConfigurationSource() {
          @Override
          public Configuration read(UnaryOperator<String> properties) {
            return loader.load(home.config().resolve("sites.yaml"), properties);
          }

          @Override
          public void taken() {
            sources.taken();
          }
        },
        database,
        claiming,
        schedules,
        api,
        Timings.ofProcess());
  }

  static Database storeToRead(Home home, Settings settings) {
    return settings.databaseUrl().isEmpty() && !Files.exists(home.store())
        ? Database.memory("look-" + UUID.randomUUID(), 4)
        : store(home, settings, Supplier::get);
  }

  static Database storeToChange(Home home, Settings settings) {
    return store(home, settings, Supplier::get);
  }

  private static Database store(
      Home home, Settings settings, Function<Supplier<Database>, Database> opener) {
    try {
      if (!settings.databaseUrl().isEmpty()) {
        return opener.apply(settings::openDatabase);
      }
      OwnerOnlyFile.createFolder(home.data());
      return Database.file(home.data(), settings.poolSize());
    } catch (IOException | RuntimeException e) {
      throw StoreErrors.explain(e, settings);
    }
  }
}
