package io.github.camelakeeba.service.settings;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.observe.TelemetrySettings;
import io.github.camelakeeba.run.store.RecoverySettings;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.SecretMasker;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.StoreDriver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;

/** The keys {@code backup.*} of {@code config/application.properties}, checked. */
public record Settings(
    Api api, // null: off, since there is no token
    ObserveSettings observe,
    String databaseUrl, // "" for the embedded one
    String databaseUser,
    Secret databasePassword, // null: none
    int poolSize,
    Duration giveUpAfter, // a message that could not be delivered for so long is parked
    Duration gather, // a failure waits for others of the same cause until none has come for so long
    Duration channelTimeout, // of a call to an HTTP channel
    Duration recoveryPause, // between the first two polls after a lost response; it doubles
    Duration retryPause, // before the next attempt at a site that can't be reached; it doubles
    EventSource source, // where events come from; null: as the store says
    TelemetrySettings telemetry,
    int verifyRate, // megabytes a second that are read of downloaded archives at most
    boolean reloadWatch) { // whether changed files below config/ are a reason to reload
  /** Calls a second from one address, unless {@code backup.api.rate} says otherwise. */
  public static final int RATE = 500;

  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.:\\[\\]-]+");
  private static final int MAX_FILE_LENGTH = 4_096; // of a secret, in bytes
  private static final Pattern OTHER_PASSWORDS =
      Pattern.compile("(?i)camel\\..*(password|passphrase|secret|token|accesskey|jaasconfig)");

  /**
   * Where the HTTP API is, and what opens it.
   *
   * @param rate calls a second from one address; 0: as many as come
   * @param origins of pages that may call it from a browser
   */
  public record Api(String host, int port, ApiAccess access, int rate, Set<String> origins) {
    /** Whether it is off: only hooks are served. */
    public boolean off() {
      return access.tokens().isEmpty();
    }

    /** Throws {@link ConfigurationException} where this machine has no such address. */
    public void checkHost() {
      Settings.checkHost("api.host", host);
    }
  }

  static void checkHost(String key, String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (!address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) == null) {
        throw noSuchAddress(key, null);
      }
    } catch (UnknownHostException | SocketException e) {
      throw noSuchAddress(key, e);
    }
  }

  /** The settings; throws {@link ConfigurationException} at the first that is wrong. */
  public static Settings of(CamelContext context) {
    wholeNumber(context, "downloads.perHost", 2, 1, 64); // the routes read it themselves
    ApiAccess access = ApiAccess.of(context);
    String password = textOrFile(context, "database.password");
    return new Settings(
        access.tokens().isEmpty() ? null : api(context, access),
        ObserveSettings.of(context),
        database(context),
        text(context, "database.user", ""),
        password.isEmpty() ? null : new Secret(password),
        wholeNumber(context, "database.poolSize", 10, 4, 200),
        parse(context, "outbox.giveUpAfter", "24h", Durations::positive),
        parse(context, "outbox.gather", "5s", Durations::parse),
        parse(context, "outbox.postLimit", "30s", Durations::positive),
        parse(context, "recovery.pause", "1s", Durations::positive),
        parse(context, "recovery.retryPause", "5m", Durations::positive),
        parse(context, "source", "", text -> text.isEmpty() ? null : EventSource.of(text)),
        telemetry(context),
        wholeNumber(context, "verify.rate", 50, 1, 100_000),
        trueOrFalse(context, "reload.watch"));
  }

  private static String database(CamelContext context) {
    String url = text(context, "database.url", "");
    if (url.isEmpty() && !StoreDriver.H2.isPresent()) {
      throw wrong(
          "database.url",
          "is not set, and the embedded store has no driver; set it, or put the jar %s into lib/"
              .formatted(StoreDriver.H2.artifact()));
    }
    StoreDriver driver = StoreDriver.of(url).orElse(null);
    if (driver != null && !driver.isPresent()) {
      throw wrong(
          "database.url", "has no driver; put the jar %s into lib/".formatted(driver.artifact()));
    }
    try {
      if (!url.isEmpty()) {
        DriverManager.getDriver(url);
      }
      return url;
    } catch (SQLException e) {
      throw wrong(
          "database.url",
          "is no address that a driver of databases knows; write one such as"
              + " jdbc:postgresql://db.example.com:5432/backup",
          e);
    }
  }

  private static TelemetrySettings telemetry(CamelContext context) {
    int sites = wholeNumber(context, "metrics.sites", 1_000, 0, 999_999);
    boolean traces = trueOrFalse(context, "traces");
    String endpoint = text(context, "traces.endpoint", "");
    if (!endpoint.isEmpty() && !endpoint.matches("https?://[^\\s/@]+(/\\S*)?")) {
      throw wrong(
          "traces.endpoint",
          "must be an address such as http://127.0.0.1:4318, without a password in it; headers"
              + " stand in the environment variable OTEL_EXPORTER_OTLP_HEADERS");
    }
    return new TelemetrySettings(sites, traces, endpoint.isEmpty() ? null : URI.create(endpoint));
  }

  /** Where hooks, health and metrics are served while the API is off, since there is no token. */
  public static Api withoutToken(CamelContext context) {
    return api(context, ApiAccess.of(context));
  }

  private static Api api(CamelContext context, ApiAccess access) {
    String host = text(context, "api.host", "127.0.0.1");
    try {
      InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw noSuchAddress("api.host", e);
    }
    return new Api(
        host,
        wholeNumber(context, "api.port", 8_080, 0, 65_535),
        access,
        wholeNumber(context, "api.rate", RATE, 0, 999_999),
        origins(context));
  }

  static ConfigurationException noSuchAddress(String key, Exception cause) {
    return wrong(key, "is no address of this machine; write 127.0.0.1, or 0.0.0.0 for all", cause);
  }

  private static Set<String> origins(CamelContext context) {
    Set<String> origins = new LinkedHashSet<>();
    for (String part : text(context, "api.cors.origins", "").split(",")) {
      String origin = part.strip();
      if (origin.isEmpty()) {
        continue;
      }
      if (!ORIGIN.matcher(origin).matches()) {
        throw wrong(
            "api.cors.origins",
            "must list origins such as https://deploy.example.com, separated by commas; no path, no *");
      }
      origins.add(origin);
    }
    return origins;
  }

  public Database openDatabase() {
    return Database.open(databaseUrl, databaseUser, databasePassword, poolSize);
  }

  /** The waits of recovery; a process in the foreground makes no later attempts. */
  public RecoverySettings recovery(boolean later) {
    return new RecoverySettings(recoveryPause, retryPause, later);
  }

  static int wholeNumber(CamelContext context, String key, int preset, int min, int max) {
    String text = text(context, key, String.valueOf(preset));
    int number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
    if (number < min || number > max) {
      String lowest = key.equals("api.rate") ? "0 (no limit)" : String.valueOf(min);
      throw wrong(key, "must be a whole number from %s to %s".formatted(lowest, max));
    }
    return number;
  }

  /** False where it is not set. */
  private static boolean trueOrFalse(CamelContext context, String key) {
    String text = text(context, key, "false");
    if (!text.matches("true|false")) {
      throw wrong(key, "must be true or false");
    }
    return Boolean.parseBoolean(text);
  }

  private static <T> T parse(
      CamelContext context, String key, String preset, Function<String, T> parser) {
    try {
      return parser.apply(text(context, key, preset));
    } catch (IllegalArgumentException e) {
      throw wrong(key, e.getMessage(), e);
    }
  }

  /** Masks the passwords of Camel's own keys, such as those of a broker, in texts too. */
  public static void maskOtherPasswords(CamelContext context) {
    PropertiesComponent properties = context.getPropertiesComponent();
    for (String key :
        properties.loadProperties(OTHER_PASSWORDS.asMatchPredicate()).stringPropertyNames()) {
      String value = properties.resolveProperty(key).orElse("").strip();
      if (!value.isEmpty() && !value.startsWith("#")) {
        SecretMasker.add(value);
      }
    }
  }

  /** The value of the key, or what is in the file that its twin names; "": there is neither. */
  private static String textOrFile(CamelContext context, String key) {
    String text = text(context, key, "");
    String file = text(context, key + "File", "");
    if (!text.isEmpty() && !file.isEmpty()) {
      throw wrong(key, "and backup.%sFile exclude each other; keep one".formatted(key));
    }
    return file.isEmpty() ? text : content(key + "File", file);
  }

  /** What is in the file of a secret, without the white space around it. */
  static String content(String key, String file) {
    try {
      Path path = Path.of(file);
      if (Files.size(path) > MAX_FILE_LENGTH) {
        throw wrong(key, "the file %s is longer than a secret can be".formatted(file));
      }
      String content = Files.readString(path).strip();
      if (content.isEmpty()) {
        throw wrong(key, "the file %s is empty".formatted(file));
      }
      return content;
    } catch (IOException | IllegalArgumentException e) {
      throw wrong(key, "the file %s can't be read".formatted(file), e);
    }
  }

  public static String text(CamelContext context, String key, String preset) {
    String name = "backup." + key;
    PropertiesComponent properties = context.getPropertiesComponent();
    try {
      // resolveProperty takes a key whose function has no value for one that is not there
      return properties.loadProperties(name::equals).isEmpty()
          ? properties.resolveProperty(name).map(String::strip).orElse(preset)
          : context.resolvePropertyPlaceholders("{{" + name + "}}").strip();
    } catch (IllegalArgumentException e) {
      // without the exception's own text: that of a vault may hold a secret
      throw wrong(
          key, "a property function in it has no value; is the environment variable set?", e);
    }
  }

  public static ConfigurationException wrong(String key, String what) {
    return wrong(key, what, null);
  }

  public static ConfigurationException wrong(String key, String what, Exception cause) {
    ConfigurationException wrong =
        new ConfigurationException(
            "config/application.properties: backup.%s: %s".formatted(key, what));
    wrong.initCause(cause);
    return wrong;
  }
}
