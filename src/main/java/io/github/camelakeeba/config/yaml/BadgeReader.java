package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.config.Badge;
import io.github.camelakeeba.secret.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The keys {@code badge} of sites and {@code badges} of tags. */
final class BadgeReader {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{16,128}");

  private final SecretReader secrets;
  private final List<Badge> badges = new ArrayList<>();
  private final Map<Secret, String> owners = new HashMap<>();

  BadgeReader(SecretReader secrets) {
    this.secrets = secrets;
  }

  /** A key in defaults would be one for all sites. */
  void readDefaults(ConfigSection defaults) {
    if (defaults.hasKeyOrFile("badge")) {
      defaults.problem(
          defaults.keyOrFile("badge"), "shows one site; write a key of its own at each site");
    }
  }

  /** Of a site that may have one. */
  void readSite(String name, ConfigSection site) {
    if (site.hasKeyOrFile("badge")) {
      add(site, "badge", "the site " + name, key -> new Badge(key, name, null));
    }
  }

  /** Of a tag. */
  void readTag(String tag, ConfigSection badge) {
    add(badge, "key", "the tag " + tag, key -> new Badge(key, null, tag));
  }

  private void add(ConfigSection section, String key, String owner, Function<Secret, Badge> maker) {
    Secret secret = secrets.read(section, key);
    if (secret == null) {
      if (!section.hasKeyOrFile(key)) {
        section.problem(key, "'%s' is missing; write it, or '%sFile'".formatted(key, key));
      }
    } else if (!KEY.matcher(secret.reveal()).matches()) {
      section.problem(
          section.keyOrFile(key),
          "must have 16 to 128 of the characters a to z, A to Z, 0 to 9, _ and -; make one with"
              + " openssl rand -hex 16");
    } else if (owners.putIfAbsent(secret, owner) != null) {
      section.problem(
          section.keyOrFile(key),
          "is the key of %s already; write one of its own".formatted(owners.get(secret)));
    } else {
      badges.add(maker.apply(secret));
    }
  }

  List<Badge> badges() {
    return List.copyOf(badges);
  }
}
