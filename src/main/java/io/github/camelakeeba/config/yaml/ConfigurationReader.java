package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.DidYouMean;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.Heartbeat;
import io.github.camelakeeba.config.Limits;
import io.github.camelakeeba.config.NotificationRule;
import io.github.camelakeeba.config.QuietHours;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The checked tree as a {@link Configuration}: what a schema cannot say is checked here. */
final class ConfigurationReader {
  private final SitesSchema schema;
  private final ConfigurationProblems problems;
  private final SiteReader sites;
  private final ChannelReader channels;
  private final TriggerReader triggers;

  ConfigurationReader(
      SitesSchema schema,
      ConfigurationProblems problems,
      Path home,
      Function<Path, String> templateFault) {
    SecretReader secrets = new SecretReader(home);
    this.schema = schema;
    this.problems = problems;
    this.sites = new SiteReader(home, secrets);
    this.channels = new ChannelReader(home, secrets, templateFault);
    this.triggers = new TriggerReader(secrets);
  }

  /** Whole only if no problem was reported. */
  Configuration read(JsonNode root) {
    ConfigSection defaults = section("site", "/defaults", root.path("defaults"), null);
    Map<String, Site> bySite =
        each(
            root,
            "sites",
            (name) -> {
              String pointer = SourceLocations.child("/sites", name);
              return sites.read(name, section("site", pointer, root.at(pointer), defaults));
            });
    Map<String, Channel> byChannel = each(root, "channels", name -> channel(root, name));
    return new Configuration(
        bySite,
        limits(section("limits", "/limits", root.path("limits"), null)),
        keep(section("history", "/history", root.path("history"), null)),
        byChannel,
        rules(root.path("notify"), names(root, "sites"), root.path("channels")),
        triggers(root.path("triggers"), names(root, "sites")),
        heartbeat(section("heartbeat", "/heartbeat", root.path("heartbeat"), null), root));
  }

  private ConfigSection section(
      String definition, String pointer, JsonNode own, ConfigSection fallback) {
    return new ConfigSection(
        schema, schema.definition(definition), problems, pointer, own, fallback);
  }

  /** Only mappings: another type has been reported already. */
  private <T> Map<String, T> each(JsonNode root, String key, Function<String, T> reader) {
    Map<String, T> read = new LinkedHashMap<>();
    for (String name : ConfigSection.names(root.path(key))) {
      T one = root.path(key).path(name).isObject() ? reader.apply(name) : null;
      if (one != null) {
        read.put(name, one);
      }
    }
    return Collections.unmodifiableMap(read);
  }

  private Channel channel(JsonNode root, String name) {
    String pointer = SourceLocations.child("/channels", name);
    JsonNode own = root.at(pointer);
    String type = own.path("type").asText("");
    return switch (type) {
      case "mail" -> channels.mail(name, section(type, pointer, own, null));
      case "slack", "mattermost", "discord", "teams" ->
          channels.chat(name, section("chat", pointer, own, null));
      case "telegram", "ntfy" -> channels.chat(name, section(type, pointer, own, null));
      case "healthchecks" -> channels.healthchecks(name, section(type, pointer, own, null));
      case "webhook" -> channels.webhook(name, section(type, pointer, own, null));
      case "camel" -> channels.camel(name, section(type, pointer, own, null));
      default -> null; // the schema check has said so
    };
  }

  private static Limits limits(ConfigSection limits) {
    return new Limits(
        limits.number("concurrent"),
        limits.number("perHost"),
        limits.parsed("spread", Durations::parse));
  }

  private static Duration keep(ConfigSection history) {
    return history.parsed("keep", Durations::positive);
  }

  private List<NotificationRule> rules(JsonNode notify, Set<String> siteNames, JsonNode channels) {
    List<NotificationRule> rules = new ArrayList<>();
    for (int i = 0; notify.isArray() && i < notify.size(); i++) {
      ConfigSection rule = section("rule", "/notify/" + i, notify.get(i), null);
      rules.add(rule(rule, siteNames, channels));
    }
    return List.copyOf(rules);
  }

  private List<Trigger> triggers(JsonNode list, Set<String> siteNames) {
    List<Trigger> read = new ArrayList<>();
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      ConfigSection section = section("trigger", "/triggers/" + i, list.get(i), null);
      read.add(triggers.read(section, i + 1, read, siteNames));
    }
    return List.copyOf(read);
  }

  private static NotificationRule rule(ConfigSection rule, Set<String> sites, JsonNode channels) {
    Set<String> names = ConfigSection.names(channels);
    Duration digest = rule.parsed("digest", Durations::positive);
    Function<String, String> to = known("channel", names);
    return new NotificationRule(
        words(rule, "on"),
        rule.list("sites", site(sites)),
        rule.list("except", site(sites)),
        rule.list("tags", tag -> tag),
        words(rule, "kinds"),
        rule.list("to", name -> digest == null ? to.apply(name) : list(to.apply(name), channels)),
        rule.number("after"),
        rule.parsed("remind", Durations::positive),
        digest,
        rule.parsed("quiet", QuietHours::parse));
  }

  private static Set<String> words(ConfigSection rule, String key) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(rule.list(key, word -> word)));
  }

  static Function<String, String> site(Set<String> names) {
    return name -> NotificationRule.isPattern(name) ? name : known("site", names).apply(name);
  }

  /** A list of many backups says nothing to a check that is up or down. */
  private static String list(String channel, JsonNode channels) {
    if ("healthchecks".equals(channels.path(channel).path("type").asText(""))) {
      throw new IllegalArgumentException(
          "is a channel of pings, which takes no digest; give it a rule of its own");
    }
    return channel;
  }

  private static Heartbeat heartbeat(ConfigSection heartbeat, JsonNode root) {
    if (!root.has("heartbeat")) {
      return null;
    }
    Set<String> checks = new LinkedHashSet<>();
    for (String name : names(root, "channels")) {
      if ("healthchecks".equals(root.path("channels").path(name).path("type").asText(""))) {
        checks.add(name);
      }
    }
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

  private static Set<String> names(JsonNode root, String key) {
    return ConfigSection.names(root.path(key));
  }
}
