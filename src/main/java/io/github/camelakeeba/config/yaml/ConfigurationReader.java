package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.config.Badge;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Configuration.Heartbeat;
import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.Configuration.Report;
import io.github.camelakeeba.config.DidYouMean;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.NotificationRule;
import io.github.camelakeeba.config.QuietHours;
import io.github.camelakeeba.config.Schedule;
import io.github.camelakeeba.config.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The checked trees as a {@link Configuration}: what a schema cannot say is checked here. */
final class ConfigurationReader {
  /** Stand once, for all sites. */
  private static final List<String> ONLY_IN_MAIN = List.of("limits", "history", "heartbeat");

  private static final int REPORT_HOUR = 7; // of the day, where it says none

  private final List<SitesDocument> documents;
  private final SitesDocument main;
  private final boolean whole;
  private final SitesSchema schema;
  private final SiteReader sites;
  private final ChannelReader channels;
  private final TriggerReader triggers;
  private final BadgeReader badges;
  private final Map<String, String> channelTypes = new HashMap<>();

  /** Makes one of the entries of a mapping; null: it cannot. */
  private interface EntryReader<T> {
    T read(String name, SitesDocument document);
  }

  /**
   * One of the documents is the main one.
   *
   * @param whole false: some could not be read, so that a name that is not there may be in them
   */
  ConfigurationReader(
      List<SitesDocument> documents,
      boolean whole,
      SitesSchema schema,
      Path home,
      Function<Path, String> templateError) {
    SecretReader secrets = new SecretReader(home);
    this.documents = documents;
    this.main = documents.stream().filter(SitesDocument::main).findFirst().orElseThrow();
    this.whole = whole;
    this.schema = schema;
    this.sites = new SiteReader(home, secrets);
    this.channels = new ChannelReader(home, secrets, templateError);
    this.triggers = new TriggerReader(secrets);
    this.badges = new BadgeReader(secrets);
  }

  /** Whole only if no problem was reported. */
  Configuration read() {
    documents.forEach(ConfigurationReader::checkKeys);
    for (SitesDocument document : documents) {
      document
          .root()
          .path("channels")
          .properties()
          .forEach(
              channel ->
                  channelTypes.putIfAbsent(
                      channel.getKey(), channel.getValue().path("type").asText("")));
    }
    ConfigSection limits = main.section(schema, "limits", null, "limits");
    Set<String> siteNames = whole ? names("sites") : null;
    return new Configuration(
        each(
            "sites",
            (name, document) ->
                sites.read(
                    name, document.section(schema, "site", document.defaults(), "sites", name))),
        new Limits(
            limits.number("concurrent"),
            limits.number("perHost"),
            limits.parsed("spread", Durations::parse),
            limits.number("restoreTests")),
        main.section(schema, "history", null, "history").parsed("keep", Durations::positive),
        each("channels", this::channel),
        list("notify", "rule", (rule, document) -> rule(rule, siteNames)),
        triggers(siteNames),
        main.root().has("heartbeat")
            ? heartbeat(main.section(schema, "heartbeat", null, "heartbeat"))
            : null,
        list("reports", "report", (report, document) -> report(report, document.defaults())),
        badges());
  }

  private static void checkKeys(SitesDocument document) {
    for (String key : ONLY_IN_MAIN) {
      if (!document.main() && document.root().has(key)) {
        document
            .problems()
            .reportValue("/" + key, "is for all sites, and so stands in sites.yaml only");
      }
    }
  }

  private List<Badge> badges() {
    documents.forEach(document -> badges.readDefaults(document.defaults()));
    for (SitesDocument document : documents) {
      document
          .root()
          .path("sites")
          .properties()
          .forEach(
              site ->
                  badges.readSite(
                      site.getKey(),
                      document.section(schema, "site", null, "sites", site.getKey())));
    }
    each(
        "badges",
        (tag, document) -> {
          badges.readTag(tag, document.section(schema, "badge", null, "badges", tag));
          return null;
        });
    return badges.badges();
  }

  private <T> List<T> list(
      String key, String definition, BiFunction<ConfigSection, SitesDocument, T> reader) {
    List<T> read = new ArrayList<>();
    for (SitesDocument document : documents) {
      int size = document.root().path(key).isArray() ? document.root().path(key).size() : 0;
      for (int i = 0; i < size; i++) {
        ConfigSection section = document.section(schema, definition, null, key, String.valueOf(i));
        read.add(reader.apply(section, document));
      }
    }
    return Collections.unmodifiableList(read);
  }

  /** Only mappings: another type has been reported already. */
  private <T> Map<String, T> each(String key, EntryReader<T> reader) {
    Map<String, T> read = new LinkedHashMap<>();
    Map<String, SitesDocument> owners = new HashMap<>();
    for (SitesDocument document : documents) {
      for (Map.Entry<String, JsonNode> entry : document.root().path(key).properties()) {
        String name = entry.getKey();
        String pointer = SourceLocations.child("/" + key, name);
        SitesDocument owner = owners.putIfAbsent(name, document);
        if (owner != null) {
          document
              .problems()
              .reportValue(
                  pointer,
                  "stands here and in %s; keep one of the two".formatted(owner.place(pointer)));
        } else if (entry.getValue().isObject()) {
          T one = reader.read(name, document);
          if (one != null) {
            read.put(name, one);
          }
        }
      }
    }
    return Collections.unmodifiableMap(read);
  }

  private Channel channel(String name, SitesDocument document) {
    String type = document.root().path("channels").path(name).path("type").asText("");
    String definition =
        switch (type) {
          case "slack", "mattermost", "discord", "teams" -> "chat";
          default -> type;
        };
    ConfigSection section = document.section(schema, definition, null, "channels", name);
    return switch (definition) {
      case "mail" -> channels.mail(name, section);
      case "chat", "telegram", "ntfy" -> channels.chat(name, section);
      case "healthchecks" -> channels.healthchecks(name, section);
      case "webhook" -> channels.webhook(name, section);
      case "camel" -> channels.camel(name, section);
      default -> null; // the schema check has reported it
    };
  }

  private String type(String channel) {
    return channelTypes.getOrDefault(channel, "");
  }

  private List<Trigger> triggers(Set<String> siteNames) {
    List<Trigger> read = new ArrayList<>();
    list(
        "triggers",
        "trigger",
        (trigger, document) -> {
          String unnamed = document.main() ? "trigger-" + (read.size() + 1) : null;
          return read.add(triggers.read(trigger, unnamed, read, siteNames));
        });
    return List.copyOf(read);
  }

  private NotificationRule rule(ConfigSection rule, Set<String> siteNames) {
    Duration digest = rule.parsed("digest", Durations::positive);
    Function<String, String> to = known("channel", channelNames());
    return new NotificationRule(
        words(rule, "on"),
        rule.list("sites", site(siteNames)),
        rule.list("except", site(siteNames)),
        rule.list("tags", tag -> tag),
        words(rule, "kinds"),
        rule.list("to", digest == null ? to : to.andThen(this::takesDigest)),
        rule.number("after"),
        rule.parsed("remind", Durations::positive),
        digest,
        rule.parsed("quiet", QuietHours::parse));
  }

  private Report report(ConfigSection report, ConfigSection defaults) {
    ZoneId zone = sites.zone(report.has("zone") ? report : defaults);
    String cron = report.schedule("every", REPORT_HOUR);
    return new Report(
        cron == null ? null : new Schedule(cron, zone),
        report.list("to", known("channel", channelNames()).andThen(this::takesReport)),
        report.list("tags", tag -> tag));
  }

  private static Set<String> words(ConfigSection rule, String key) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(rule.list(key, word -> word)));
  }

  static Function<String, String> site(Set<String> names) {
    return name -> NotificationRule.isPattern(name) ? name : known("site", names).apply(name);
  }

  /** A ping is up or down, and cannot list backups. */
  private String takesDigest(String channel) {
    return noPing(channel, "digest; give it a rule of its own");
  }

  private String takesReport(String channel) {
    return noPing(channel, "report; name one that people read, a webhook or a Camel endpoint");
  }

  private String noPing(String channel, String what) {
    if (type(channel).equals("healthchecks")) {
      throw new IllegalArgumentException("is a channel of pings, which takes no " + what);
    }
    return channel;
  }

  private Heartbeat heartbeat(ConfigSection heartbeat) {
    Set<String> checks = new LinkedHashSet<>(names("channels"));
    checks.removeIf(name -> !type(name).equals("healthchecks"));
    return new Heartbeat(
        heartbeat.parsed(
            "channel", known("channel of the type healthchecks", whole ? checks : null)),
        heartbeat.parsed("every", Durations::positive));
  }

  /** Null names: not all are known, so that any may be right. */
  static Function<String, String> known(String what, Set<String> names) {
    return name -> {
      if (names != null && !names.contains(name)) {
        throw new IllegalArgumentException("is not a " + what + DidYouMean.of(name, names));
      }
      return name;
    };
  }

  private Set<String> channelNames() {
    return whole ? names("channels") : null;
  }

  private Set<String> names(String key) {
    Set<String> names = new LinkedHashSet<>();
    documents.forEach(document -> names.addAll(ConfigSection.names(document.root().path(key))));
    return names;
  }
}
