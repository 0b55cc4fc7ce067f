package io.github.camelakeeba.rest;

import io.github.camelakeeba.rest.Caller.Scope;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a caller must be allowed for each operation of the HTTP API. */
public final class OperationScopes {
  private static final List<Rule> RULES =
      List.of(
          rule("GET /api/summary", Scope.READ),
          rule("GET /api/sites", Scope.READ),
          rule("GET /api/sites/{site}", Scope.READ),
          rule("GET /api/sites/{site}/days", Scope.READ),
          rule("GET /api/sites/{site}/proofs", Scope.READ),
          rule("GET /api/days", Scope.READ),
          rule("GET /api/status", Scope.READ),
          rule("GET /api/runs", Scope.READ),
          rule("GET /api/runs/{id}", Scope.READ),
          rule("GET /api/runs/{id}/events", Scope.READ),
          rule("GET /api/runs/{id}/timeline", Scope.READ),
          rule("GET /api/events", Scope.READ),
          rule("GET /api/archives", Scope.READ),
          rule("GET /api/archives/{id}", Scope.READ),
          rule("GET /api/archives/{id}/{file}", Scope.READ),
          rule("GET /api/openapi.json", Scope.READ),
          ofWholeService("GET /api/outbox", Scope.READ),
          rule("POST /api/backups", Scope.START),
          rule("POST /api/runs/{id}/stop", Scope.START),
          rule("POST /api/sites/{site}/proofs", Scope.START),
          rule("POST /api/sites/{site}/pause", Scope.ADMIN),
          rule("POST /api/sites/{site}/resume", Scope.ADMIN),
          ofWholeService("POST /api/outbox/retry", Scope.ADMIN),
          ofWholeService("POST /api/reload", Scope.ADMIN));

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /**
   * An operation.
   *
   * @param name its method and path, as the OpenAPI document has them
   * @param wholeService whether it concerns no site but all, and is none for a caller with tags
   */
  public record Rule(String name, Pattern pattern, Scope scope, boolean wholeService) {}

  private OperationScopes() {}

  private static Rule rule(String name, Scope scope) {
    return new Rule(name, pattern(name), scope, false);
  }

  private static Rule ofWholeService(String name, Scope scope) {
    return new Rule(name, pattern(name), scope, true);
  }

  /** As Camel finds an operation: in small letters or large ones, also with a slash at the end. */
  private static Pattern pattern(String name) {
    return Pattern.compile(
        name.replace(".", "[.]").replaceAll("\\{[a-z]+}", "[^/]+") + "/?",
        Pattern.CASE_INSENSITIVE);
  }

  /**
   * The rule for a call; one that is not there, only an admin may look for by a method that
   * changes, and nobody with tags: should Camel know the path by another spelling, it is shut.
   */
  public static Rule rule(String method, String path) {
    String call = (READING.contains(method) ? "GET " : method + " ") + path;
    return RULES.stream()
        .filter(rule -> rule.pattern.matcher(call).matches())
        .findFirst()
        .orElse(READING.contains(method) ? UNKNOWN_READING : UNKNOWN);
  }

  private static final Rule UNKNOWN = new Rule("", null, Scope.ADMIN, true);
  private static final Rule UNKNOWN_READING = new Rule("", null, Scope.READ, true);

  /** All operations, by their method and path. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>();
    RULES.forEach(rule -> names.add(rule.name));
    return names;
  }
}
