package io.github.camelakeeba.service;

import io.github.camelakeeba.akeeba.http.SiteHttpClients;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.source.Sources;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.notify.channel.HttpChannels;
import io.github.camelakeeba.notify.channel.WebhookTemplate;
import io.github.camelakeeba.notify.text.MessageRenderer;
import io.github.camelakeeba.observe.Telemetry;
import io.github.camelakeeba.observe.TelemetrySettings;
import io.github.camelakeeba.secret.EndpointSecrets;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.store.Database;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.DefaultPropertiesFunctionResolver;
import org.apache.camel.component.properties.EnvPropertiesFunction;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.SysPropertiesFunction;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.spi.PropertiesFunction;

/**
 * A home that is read while no Camel runs, for commands that need no route: a start of all routes
 * costs two seconds. Camel's own parser resolves property functions, by a context that is never
 * started.
 */
public final class OfflineHome {
  /** Camel's keys that may change what a property function means. */
  private static final Pattern RESOLVING =
      Pattern.compile("camel[._](main|vault|beans|component[._]properties).*");

  private static final Set<String> PLAIN_FUNCTIONS = Set.of("env", "sys");

  private static final TelemetrySettings NOTHING_TO_TELL = new TelemetrySettings(0, false, null);

  private final Home home;
  private final CamelContext unstarted;
  private final Settings settings;
  private final Configuration configuration;

  private OfflineHome(
      Home home, CamelContext unstarted, Settings settings, Configuration configuration) {
    this.home = home;
    this.unstarted = unstarted;
    this.settings = settings;
    this.configuration = configuration;
  }

  /** As {@link #read(Home, Sources)}, with the lists of sources that were read before. */
  public static Optional<OfflineHome> read(Home home) {
    return read(home, Sources.known(home.sources()));
  }

  /** As {@link #read(Home, Sources)}; sources are asked for their lists now. */
  public static Optional<OfflineHome> readAnew(Home home) {
    return read(home, Sources.tried(home.sources()));
  }

  /**
   * Empty where only a Camel that runs can say what stands there: by functions of vaults and beans,
   * or by Camel's own keys. Throws {@link ConfigurationException} as {@link Service#start} does.
   */
  private static Optional<OfflineHome> read(Home home, Sources sources) {
    SimpleCamelContext context = new SimpleCamelContext(false);
    PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
    properties.setPropertiesFunctionResolver(new PlainFunctions(context));
    properties.addLocation(location(home));
    properties.addPropertiesSource(new TimingSource(Timings.ofProcess()));
    if (hasCamelKey(context, key -> RESOLVING.matcher(key).matches())) {
      return Optional.empty();
    }
    try {
      Settings settings = Settings.of(context);
      Settings.maskOtherPasswords(context);
      Configuration configuration =
          new SitesLoader(WebhookTemplate::templateError, sources)
              .load(home.config().resolve("sites.yaml"), context::resolvePropertyPlaceholders);
      maskAddresses(home, configuration);
      return Optional.of(new OfflineHome(home, context, settings, configuration));
    } catch (CamelNeededException e) {
      return Optional.empty();
    }
  }

  /** What is stored may hold parts of addresses, which those who use them make known as secrets. */
  private static void maskAddresses(Home home, Configuration configuration) {
    new HttpChannels(home.folder(), configuration.channels(), Clock.systemUTC(), message -> null);
    Stream.of(
            configuration.channels().values().stream()
                .filter(Channel.Camel.class::isInstance)
                .map(channel -> ((Channel.Camel) channel).uri()),
            configuration.archiveEndpoints().values().stream(),
            configuration.triggers().stream()
                .flatMap(trigger -> Stream.of(trigger.from(), trigger.deadLetter())))
        .flatMap(uris -> uris)
        .filter(Objects::nonNull)
        .forEach(EndpointSecrets::register);
  }

  /** Where the keys of a home stand, as Camel names it. */
  static String location(Home home) {
    return "file:" + home.config().resolve("application.properties") + ";optional=true";
  }

  public Configuration configuration() {
    return configuration;
  }

  /** A sentence on each template of the user that does not work, or that no channel uses. */
  public List<String> templateProblems() {
    return new MessageRenderer(
            home.folder(), configuration.sites(), name -> Optional.empty(), name -> List.of())
        .problems(configuration.channels().values());
  }

  /**
   * Whether only a start can tell if this home is good: it has routes or keys of Camel of its own,
   * or names endpoints.
   */
  public boolean needsStart() {
    return !configuration.triggers().isEmpty()
        || configuration.channels().values().stream().anyMatch(Channel.Camel.class::isInstance)
        || !configuration.archiveEndpoints().isEmpty()
        || hasCamelKey(unstarted, key -> true)
        || !home.routes().localFiles().isEmpty()
        || !home.routes().differences(unstarted, "").isEmpty();
  }

  /** Throws {@link ConfigurationException} where a start would; opens no port and no connection. */
  public void check() {
    SiteHttpClients.checkCertificates(configuration.sites().values());
    Telemetry.check(settings.telemetry(), configuration.channels());
    if (settings.api() != null) {
      settings.api().checkHost();
    } else if (settings.observe().served(false)) {
      Settings.withoutToken(unstarted).checkHost();
    }
    settings.observe().checkHost();
  }

  /** Whether there is a store to read; one of another machine may be away. */
  public boolean hasStore() {
    return !settings.databaseUrl().isEmpty() || Files.exists(home.store());
  }

  /** What is stored; its database is to be closed. Throws what {@link StoreErrors} explains. */
  public MonitoringModule openStore() {
    return open(StartModes.storeToRead(home, settings));
  }

  /** The same of a store that is made where there is none, as for what is to stay. */
  public MonitoringModule openStoreToChange() {
    return open(StartModes.storeToChange(home, settings));
  }

  private MonitoringModule open(Database database) {
    return MonitoringModule.of(
        configuration,
        new ScheduleCalculator(configuration),
        database,
        NOTHING_TO_TELL,
        Clock.systemUTC());
  }

  /** Also of the environment and of system properties, where Camel looks for them as well. */
  private static boolean hasCamelKey(CamelContext context, Predicate<String> which) {
    return Stream.of(
            context
                .getPropertiesComponent()
                .loadProperties(key -> key.toLowerCase(Locale.ROOT).startsWith("camel."))
                .stringPropertyNames(),
            System.getenv().keySet(),
            System.getProperties().stringPropertyNames())
        .flatMap(Set::stream)
        .map(key -> key.toLowerCase(Locale.ROOT))
        .filter(key -> key.startsWith("camel.") || key.startsWith("camel_"))
        .anyMatch(which);
  }

  /** What a function of another kind says is not known here. */
  private static final class CamelNeededException extends RuntimeException {
    CamelNeededException(String function) {
      super("only a Camel that runs knows the property function " + function);
    }
  }

  private static final class PlainFunctions extends DefaultPropertiesFunctionResolver {
    private final CamelContext context;

    PlainFunctions(CamelContext context) {
      this.context = context;
      addPropertiesFunction(new EnvPropertiesFunction());
      addPropertiesFunction(new SysPropertiesFunction());
    }

    /** Null where there is no such function, so that a colon begins a default value. */
    @Override
    public PropertiesFunction resolvePropertiesFunction(String name) {
      if (name == null || PLAIN_FUNCTIONS.contains(name)) {
        return name == null ? null : getFunctions().get(name);
      }
      if (name.startsWith("service")
          || context
              .getCamelContextExtension()
              .getFactoryFinder(RESOURCE_PATH)
              .findClass(name)
              .isPresent()) {
        throw new CamelNeededException(name);
      }
      return null;
    }
  }
}
