package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.PayloadExpression;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.secret.Secret;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One entry of {@code triggers} as a {@link Trigger}. */
final class TriggerReader {
  private static final Pattern WEBHOOK =
      Pattern.compile("servlet:/hooks/[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(\\?.*)?");

  private final SecretReader secrets;
  private final Map<String, String> places = new HashMap<>();

  TriggerReader(SecretReader secrets) {
    this.secrets = secrets;
  }

  /**
   * The others are those before it.
   *
   * @param unnamed what it is called if it has no name; null: it must have one
   * @param sites null: not all of them are known
   */
  Trigger read(ConfigSection trigger, String unnamed, List<Trigger> others, Set<String> sites) {
    if (!trigger.hasKeyOrFile("from")) {
      trigger.problem(
          "from", "'from' is missing; write the URI of a Camel consumer, or 'fromFile'");
    }
    Secret from = secrets.endpoint(trigger, "from", "jms:queue:backup.requests");
    checkWebhook(trigger, from, others);
    checkProof(trigger);
    return new Trigger(
        name(trigger, unnamed),
        from,
        trigger.parsed("site", ConfigurationReader.known("site", sites)),
        trigger.list("sites", ConfigurationReader.site(sites)),
        map(trigger.child("map")),
        secrets.signature(trigger),
        trigger.text("tokenHeader"),
        trigger.text("signatureHeader"),
        trigger.word("reply", Trigger.ReplyMode.class),
        trigger.parsed("wait", Durations::positive),
        trigger.flag("coalesce"),
        secrets.endpoint(trigger, "deadLetter", "jms:queue:backup.refused"),
        trigger.flag("enabled"));
  }

  private String name(ConfigSection trigger, String unnamed) {
    String name = trigger.text("name") == null ? unnamed : trigger.text("name");
    if (name == null) {
      if (!trigger.has("name")) {
        trigger.problem(
            "name",
            "'name' is missing; a trigger in a file of sites.d must have one, since its place in"
                + " the order changes with the files");
      }
      return "";
    }
    String other = places.putIfAbsent(name, trigger.place());
    if (other != null) {
      trigger.problem("name", "the trigger in %s is called '%s' too".formatted(other, name));
    }
    return name;
  }

  private static Map<String, String> map(ConfigSection map) {
    Map<String, String> paths = new LinkedHashMap<>();
    for (String key : map.keys()) {
      map.parsed(key, PayloadExpression::parse);
      paths.put(key, map.text(key));
    }
    return Collections.unmodifiableMap(paths);
  }

  private static String path(Secret from) {
    return from.reveal().replaceFirst("\\?.*", "");
  }

  private static void checkWebhook(ConfigSection trigger, Secret from, List<Trigger> others) {
    if (from == null || !from.reveal().startsWith("servlet:")) {
      return;
    }
    if (!WEBHOOK.matcher(from.reveal()).matches()) {
      trigger.problem(
          trigger.keyOrFile("from"),
          "must be servlet:/hooks/ and a name of letters, digits, '-', '_' and '/'");
    }
    String path = path(from);
    if (others.stream().anyMatch(one -> one.from() != null && path(one.from()).equals(path))) {
      trigger.problem(trigger.keyOrFile("from"), "another trigger is called at this address");
    }
    if (!trigger.hasKeyOrFile("secret")) {
      trigger.problem("secret", "'secret' is missing; who calls it must prove that it knows one");
    }
    if (trigger.hasKeyOrFile("deadLetter")) {
      trigger.problem(
          trigger.keyOrFile("deadLetter"),
          "gets nothing: a caller over HTTP gets its answer at once");
    }
  }

  private static void checkProof(ConfigSection trigger) {
    String header = trigger.has("tokenHeader") ? "tokenHeader" : "signatureHeader";
    if (trigger.has("tokenHeader") && trigger.has("signatureHeader")) {
      trigger.problem("signatureHeader", "is set beside 'tokenHeader'; keep one of the two");
    }
    if (trigger.has(header) && !trigger.hasKeyOrFile("secret")) {
      trigger.problem(header, "is set without 'secret' or 'secretFile'");
    }
    if (trigger.has(header) && trigger.has("signature")) {
      trigger.problem("signature", "is set beside '%s'; keep one of the two".formatted(header));
    }
  }
}
