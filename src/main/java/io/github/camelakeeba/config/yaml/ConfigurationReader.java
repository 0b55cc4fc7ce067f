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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The checked tree as a {@link Configuration}: what a schema cannot say is checked here. */
final class ConfigurationReader {
  private static final int REPORT_HOUR = 7; // of the day, where it says none

  private final JsonNode root;
  private final SitesSchema schema;
  private final ConfigurationProblems problems;
  private final SiteReader sites;
  private final ChannelReader channels;
  private final TriggerReader triggers;
  private final BadgeReader badges;

  ConfigurationReader(
      JsonNode root,
      SitesSchema schema,
      ConfigurationProblems problems,
      Path home,
      Function<Path, String> templateError) {
    SecretReader secrets = new SecretReader(home);
    this.root = root;
    this.schema = schema;
    this.problems = problems;
    this.sites = new SiteReader(home, secrets);
    this.channels = new ChannelReader(home, secrets, templateError);
    this.triggers = new TriggerReader(secrets);
    this.badges = new BadgeReader(secrets);
  }

  /** Whole only if no problem was reported. */
  Configuration read() {
    ConfigSection defaults = section("site", "/defaults", null);
    ConfigSection limits = section("limits", "/limits", null);
    Set<String> siteNames = names("sites");
    return new Configuration(
        each("sites", (name, pointer) -> sites.read(name, section("site", pointer, defaults))),
        new Limits(
            limits.number("concurrent"),
            limits.number("perHost"),
            limits.parsed("spread", Durations::parse)),
        section("history", "/history", null).parsed("keep", Durations::positive),
        each("channels", this::channel),
        list("notify", "rule").stream().map(rule -> rule(rule, siteNames)).toList(),
        triggers(siteNames),
        root.has("heartbeat") ? heartbeat(section("heartbeat", "/heartbeat", null)) : null,
        list("reports", "report").stream().map(report -> report(report, defaults)).toList(),
        badges(defaults));
  }

  private List<Badge> badges(ConfigSection defaults) {
    badges.readDefaults(defaults);
    each(
        "sites",
        (name, pointer) -> {
          badges.readSite(name, section("site", pointer, null));
          return null;
        });
    each(
        "badges",
        (tag, pointer) -> {
          badges.readTag(tag, section("badge", pointer, null));
          return null;
        });
    return badges.badges();
  }

  private ConfigSection section(String definition, String pointer, ConfigSection fallback) {
    return new ConfigSection(
        schema, schema.definition(definition), problems, pointer, root.at(pointer), fallback);
  }

  private List<ConfigSection> list(String key, String definition) {
    return IntStream.range(0, root.path(key).isArray() ? root.path(key).size() : 0)
        .mapToObj(i -> section(definition, "/" + key + "/" + i, null))
        .toList();
  }

  /** Only mappings: another type has been reported already. */
  private <T> Map<String, T> each(String key, BiFunction<String, String, T> reader) {
    Map<String, T> read = new LinkedHashMap<>();
    for (String name : names(key)) {
      String pointer = SourceLocations.child("/" + key, name);
      T one = root.at(pointer).isObject() ? reader.apply(name, pointer) : null;
      if (one != null) {
        read.put(name, one);
      }
    }
    return Collections.unmodifiableMap(read);
  }

  private Channel channel(String name, String pointer) {
    String type = type(name);
    return switch (type) {
      case "mail" -> channels.mail(name, section(type, pointer, null));
      case "slack", "mattermost", "discord", "teams" ->
          channels.chat(name, section("chat", pointer, null));
      case "telegram", "ntfy" -> channels.chat(name, section(type, pointer, null));
      case "healthchecks" -> channels.healthchecks(name, section(type, pointer, null));
      case "webhook" -> channels.webhook(name, section(type, pointer, null));
      case "camel" -> channels.camel(name, section(type, pointer, null));
      default -> null; // the schema check has reported it
    };
  }

  private String type(String channel) {
    return root.path("channels").path(channel).path("type").asText("");
  }

  private List<Trigger> triggers(Set<String> siteNames) {
    List<Trigger> read = new ArrayList<>();
    list("triggers", "trigger")
        .forEach(trigger -> read.add(triggers.read(trigger, read.size() + 1, read, siteNames)));
    return List.copyOf(read);
  }

  private NotificationRule rule(ConfigSection rule, Set<String> siteNames) {
    Duration digest = rule.parsed("digest", Durations::positive);
    Function<String, String> to = known("channel", names("channels"));
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
        report.list("to", known("channel", names("channels")).andThen(this::takesReport)),
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
        heartbeat.parsed("channel", known("channel of the type healthchecks", checks)),
        heartbeat.parsed("every", Durations::positive));
  }

  static Function<String, String> known(String what, Set<String> names) {
    return name -> {
      if (!names.contains(name)) {
        throw new IllegalArgumentException("is not a " + what + DidYouMean.of(name, names));
      }
      return name;
    };
  }

  private Set<String> names(String key) {
    return ConfigSection.names(root.path(key));
  }
}
