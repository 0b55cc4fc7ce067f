package io.github.camelakeeba.service.settings;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.DidYouMean;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.rest.Caller.Scope;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * The tokens that open the HTTP API: {@code backup.api.token}, which may everything, and those of
 * {@code backup.api.tokens.<name>}.
 */
public final class ApiTokens {
  static final ApiTokens NONE = new ApiTokens(List.of());

  private static final String PREFIX = "backup.api.tokens.";
  private static final Set<String> MEMBERS =
      new TreeSet<>(List.of("token", "tokenFile", "scope", "tags"));
  private static final Set<String> RESERVED = Set.of(Caller.API.name(), "schedule");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern TOKEN = Pattern.compile("[!-~]{16,256}");

  private final List<Token> tokens;

  private record Token(Caller caller, Secret secret, byte[] digest) {}

  private ApiTokens(List<Token> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  /** Throws {@link ConfigurationException} at the first that is wrong. */
  static ApiTokens of(CamelContext context) {
    List<Token> tokens = new ArrayList<>();
    String first = Settings.text(context, "api.token", "");
    if (!first.isEmpty()) {
      tokens.add(token(Caller.API, first));
    }
    Set<String> keys =
        context
            .getPropertiesComponent()
            .loadProperties(key -> key.startsWith(PREFIX))
            .stringPropertyNames();
    Set<String> names = new TreeSet<>();
    keys.forEach(key -> names.add(nameIn(key)));
    for (String name : names) {
      Token token = named(context, name);
      for (Token other : tokens) {
        if (MessageDigest.isEqual(other.digest, token.digest)) {
          throw Settings.wrong(
              "api.tokens." + name,
              "is the same token as that of '%s'; give each its own"
                  .formatted(other.caller.name()));
        }
      }
      tokens.add(token);
    }
    return new ApiTokens(tokens);
  }

  /** The token of this caller, and no other. */
  static ApiTokens of(Caller caller, Secret token) {
    return new ApiTokens(List.of(token(caller, token.reveal())));
  }

  /** Checks that the last part of the key is known; returns the name before it. */
  private static String nameIn(String key) {
    String rest = key.substring(PREFIX.length());
    int dot = rest.lastIndexOf('.');
    String name = dot < 0 ? rest : rest.substring(0, dot);
    String member = rest.substring(dot + 1);
    String shown = key.substring("backup.".length());
    if (dot < 0 || !MEMBERS.contains(member)) {
      throw Settings.wrong(
          shown,
          "no such key; after the token's name comes one of "
              + String.join(", ", MEMBERS)
              + DidYouMean.of(member, MEMBERS));
    }
    if (!NAME.matcher(name).matches() || RESERVED.contains(name)) {
      throw Settings.wrong(
          shown,
          "the name of a token has 1 to 64 of the characters a to z, A to Z, 0 to 9, _ and -, and is"
              + " none of "
              + String.join(", ", new TreeSet<>(RESERVED)));
    }
    return name;
  }

  private static Token named(CamelContext context, String name) {
    String key = "api.tokens." + name;
    String text = Settings.text(context, key + ".token", "");
    String file = Settings.text(context, key + ".tokenFile", "");
    if (text.isEmpty() == file.isEmpty()) {
      throw Settings.wrong(
          key,
          text.isEmpty()
              ? "has no token; write backup.%s.token or backup.%s.tokenFile".formatted(key, key)
              : "token and tokenFile exclude each other; keep one");
    }
    String value = file.isEmpty() ? text : Settings.content(key + ".tokenFile", file);
    if (!TOKEN.matcher(value).matches()) {
      throw Settings.wrong(
          key + (file.isEmpty() ? ".token" : ".tokenFile"),
          "must be 16 to 256 letters, digits and signs of ASCII without a space; make one with"
              + " openssl rand -hex 32");
    }
    String scope = Settings.text(context, key + ".scope", "read");
    return token(
        new Caller(name, scope(key + ".scope", scope), tags(context, key + ".tags")), value);
  }

  static Scope scope(String key, String word) {
    return Arrays.stream(Scope.values())
        .filter(scope -> scope.word().equals(word))
        .findFirst()
        .orElseThrow(() -> Settings.wrong(key, "must be read, start or admin"));
  }

  private static Set<String> tags(CamelContext context, String key) {
    String text = Settings.text(context, key, null);
    if (text == null) {
      return Set.of();
    }
    Set<String> tags = new HashSet<>();
    for (String tag : text.split(",")) {
      if (!tag.isBlank()) {
        tags.add(tag.strip());
      }
    }
    if (tags.isEmpty()) { // of a variable that is not set, and all sites would be open
      throw Settings.wrong(
          key, "must name tags of sites, separated by commas; leave it out for all");
    }
    return tags;
  }

  private static Token token(Caller caller, String value) {
    return new Token(caller, new Secret(value), digest(value));
  }

  private static byte[] digest(String value) {
    return Sha256.digest().digest(value.getBytes(StandardCharsets.UTF_8));
  }

  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** Whose token this is; takes the same time for each token that is none, and for each that is. */
  public Optional<Caller> callerOf(String given) {
    byte[] digest = digest(given);
    Caller found = null;
    for (Token token : tokens) {
      if (MessageDigest.isEqual(token.digest, digest)) {
        found = token.caller;
      }
    }
    return Optional.ofNullable(found);
  }

  /** Those that are limited to tags. */
  List<Caller> limited() {
    return tokens.stream().map(Token::caller).filter(caller -> !caller.tags().isEmpty()).toList();
  }
}
