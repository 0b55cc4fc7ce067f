package io.github.camelakeeba.site;

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
import tools.jackson.databind.JsonNode;

/** The checked tree as a {@link Configuration}: what a schema cannot say is checked here. */
final class ConfigurationReader {
  private final SitesSchema schema;
  private final Problems problems;
  private final SiteReader sites;
  private final ChannelReader channels;

  ConfigurationReader(SitesSchema schema, Problems problems, Path home) {
    SecretReader secrets = new SecretReader(home);
    this.schema = schema;
    this.problems = problems;
    this.sites = new SiteReader(home, secrets);
    this.channels = new ChannelReader(secrets);
  }

  /** Whole only if no problem was reported. */
  Configuration read(JsonNode root) {
    Section defaults = section("site", "/defaults", root.path("defaults"), null);
    Map<String, Site> bySite =
        each(
            root,
            "sites",
            (name) -> {
              String pointer = Places.below("/sites", name);
              return sites.read(name, section("site", pointer, root.at(pointer), defaults));
            });
    Map<String, Channel> byChannel = each(root, "channels", name -> channel(root, name));
    return new Configuration(
        bySite,
        limits(section("limits", "/limits", root.path("limits"), null)),
        keep(section("history", "/history", root.path("history"), null)),
        byChannel,
        rules(root.path("notify"), names(root, "sites"), names(root, "channels")));
  }

  private Section section(String definition, String pointer, JsonNode own, Section fallback) {
    return new Section(schema, schema.definition(definition), problems, pointer, own, fallback);
  }

  /** Only mappings: another type has been reported already. */
  private <T> Map<String, T> each(JsonNode root, String key, Function<String, T> reader) {
    Map<String, T> read = new LinkedHashMap<>();
    for (String name : root.path(key).propertyNames()) {
      T one = root.path(key).path(name).isObject() ? reader.apply(name) : null;
      if (one != null) {
        read.put(name, one);
      }
    }
    return Collections.unmodifiableMap(read);
  }

  private Channel channel(JsonNode root, String name) {
    String pointer = Places.below("/channels", name);
    JsonNode own = root.at(pointer);
    return switch (own.path("type").asString("")) {
      case "mail" -> channels.mail(name, section("mail", pointer, own, null));
      case "webhook" -> channels.webhook(name, section("webhook", pointer, own, null));
      default -> null; // the schema check has said so
    };
  }

  private static Limits limits(Section limits) {
    return new Limits(
        limits.number("concurrent"),
        limits.number("perHost"),
        limits.parsed("spread", Durations::parse));
  }

  private static Duration keep(Section history) {
    return history.parsed("keep", Durations::positive);
  }

  private List<Rule> rules(JsonNode notify, Set<String> siteNames, Set<String> channelNames) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; notify.isArray() && i < notify.size(); i++) {
      Section rule = section("rule", "/notify/" + i, notify.get(i), null);
      rules.add(
          new Rule(
              Collections.unmodifiableSet(new LinkedHashSet<>(rule.list("on", word -> word))),
              rule.list("sites", known("site", siteNames)),
              rule.list("to", known("channel", channelNames))));
    }
    return List.copyOf(rules);
  }

  private static Function<String, String> known(String what, Set<String> names) {
    return name -> {
      if (!names.contains(name)) {
        throw new IllegalArgumentException("is not a " + what + Suggestion.of(name, names));
      }
      return name;
    };
  }

  private static Set<String> names(JsonNode root, String key) {
    return new LinkedHashSet<>(root.path(key).propertyNames());
  }
}
