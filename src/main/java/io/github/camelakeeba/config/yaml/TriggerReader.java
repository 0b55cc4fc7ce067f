package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.PayloadExpression;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.secret.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One entry of {@code triggers} as a {@link Trigger}. */
final class TriggerReader {
  private static final Pattern HOOK =
      Pattern.compile("servlet:/hooks/[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(\\?.*)?");

  private final SecretReader secrets;

  TriggerReader(SecretReader secrets) {
    this.secrets = secrets;
  }

  /** The position counts from 1; the others are those before it. */
  Trigger read(ConfigSection trigger, int position, List<Trigger> others, Set<String> sites) {
    if (trigger.definingSection("from", "fromFile") == null) {
      trigger.problem(
          "from", "'from' is missing; write the URI of a Camel consumer, or 'fromFile'");
    }
    Secret from = endpoint(trigger, "from", "jms:queue:backup.requests");
    hook(trigger, from, others);
    return new Trigger(
        name(trigger, position, others),
        from,
        trigger.parsed("site", ConfigurationReader.known("site", sites)),
        trigger.list("sites", ConfigurationReader.site(sites)),
        map(trigger.child("map")),
        proof(trigger),
        trigger.text("tokenHeader"),
        trigger.text("signatureHeader"),
        trigger.parsed("reply", word -> Trigger.ReplyMode.valueOf(word.toUpperCase(Locale.ROOT))),
        trigger.parsed("wait", Durations::positive),
        trigger.flag("coalesce"),
        endpoint(trigger, "deadLetter", "jms:queue:backup.refused"),
        trigger.flag("enabled"));
  }

  private static String name(ConfigSection trigger, int position, List<Trigger> others) {
    String name = trigger.text("name") == null ? "trigger-" + position : trigger.text("name");
    if (others.stream().anyMatch(other -> other.name().equals(name))) {
      trigger.problem("name", "another trigger is called '%s' too".formatted(name));
    }
    return name;
  }

  private Secret endpoint(ConfigSection trigger, String key, String example) {
    Secret uri = secrets.address(trigger, key);
    if (uri != null && !uri.reveal().matches("[A-Za-z][A-Za-z0-9+.-]*:.+")) {
      trigger.problem(
          trigger.has(key) ? key : key + "File",
          "must be the URI of a Camel endpoint, such as " + example);
    }
    return uri;
  }

  private static Map<String, String> map(ConfigSection map) {
    Map<String, String> paths = new LinkedHashMap<>();
    map.keys().forEach(key -> paths.put(key, map.parsed(key, TriggerReader::checked)));
    return Collections.unmodifiableMap(paths);
  }

  private static String checked(String text) {
    PayloadExpression.parse(text);
    return text;
  }

  private static String path(Secret from) {
    return from.reveal().replaceFirst("\\?.*", "");
  }

  /** Who is called from anywhere, and answers at once, is asked for more. */
  private static void hook(ConfigSection trigger, Secret from, List<Trigger> others) {
    if (from == null || !from.reveal().startsWith("servlet:")) {
      return;
    }
    if (!HOOK.matcher(from.reveal()).matches()) {
      trigger.problem(
          trigger.has("from") ? "from" : "fromFile",
          "must be servlet:/hooks/ and a name of letters, digits, '-', '_' and '/'");
    }
    String path = path(from);
    if (others.stream().anyMatch(one -> one.from() != null && path(one.from()).equals(path))) {
      trigger.problem(
          trigger.has("from") ? "from" : "fromFile", "another trigger is called at this address");
    }
    if (trigger.definingSection("secret", "secretFile") == null) {
      trigger.problem("secret", "'secret' is missing; who calls it must prove that it knows one");
    }
    if (trigger.definingSection("deadLetter", "deadLetterFile") != null) {
      trigger.problem(
          trigger.has("deadLetter") ? "deadLetter" : "deadLetterFile",
          "gets nothing: a caller over HTTP gets its answer at once");
    }
  }

  private SignatureSettings proof(ConfigSection trigger) {
    boolean header = trigger.definingSection("tokenHeader", "signatureHeader") != null;
    boolean secret = trigger.definingSection("secret", "secretFile") != null;
    if (trigger.has("tokenHeader") && trigger.has("signatureHeader")) {
      trigger.problem("signatureHeader", "is set beside 'tokenHeader'; keep one of the two");
    }
    if (header && !secret) {
      trigger.problem(
          trigger.has("tokenHeader") ? "tokenHeader" : "signatureHeader",
          "is set without 'secret' or 'secretFile'");
    }
    if (header && trigger.has("signature")) {
      trigger.problem(
          "signature",
          "is set beside '%s'; keep one of the two"
              .formatted(trigger.has("tokenHeader") ? "tokenHeader" : "signatureHeader"));
    }
    return SignatureSettingsReader.read(trigger, secrets);
  }
}
