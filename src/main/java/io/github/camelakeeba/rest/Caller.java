package io.github.camelakeeba.rest;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.http.common.HttpMessage;

/**
 * Who calls the HTTP API: the web server has found out before a route sees the call.
 *
 * @param name of the token, or of the person that a trusted proxy names; goes into {@code
 *     requestedBy}
 * @param tags the caller sees and starts only sites with one of them; empty: all sites
 */
public record Caller(String name, Scope scope, Set<String> tags) {
  /** The exchange property that holds the caller of a call. */
  public static final String PROPERTY = "backup-caller";

  /** The attribute of a call with a session that says, as a BooleanSupplier, whether it is open. */
  public static final String SESSION = "backup-session";

  /** Whoever has the token {@code backup.api.token}. */
  public static final Caller API = new Caller("api", Scope.ADMIN, Set.of());

  /** A command beside this service, which has the token of its home. */
  public static final Caller COMMAND = new Caller("command", Scope.ADMIN, Set.of());

  /** What a caller may do; each may do what those before it may. */
  public enum Scope {
    /** Read everything. */
    READ,
    /** Start and stop backups. */
    START,
    /** Everything. */
    ADMIN;

    /** Its name in the configuration and the API. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public boolean includes(Scope other) {
      return compareTo(other) >= 0;
    }
  }

  /** Whether it is {@link #COMMAND}; a token in the configuration may have the same name. */
  public boolean isCommand() {
    return this == COMMAND;
  }

  public Caller {
    tags = Set.copyOf(tags);
  }

  /**
   * The caller of this call of the API. Throws {@link IllegalStateException} for an exchange that
   * came another way: nobody's call is an admin's.
   */
  public static Caller of(Exchange exchange) {
    return find(exchange)
        .orElseThrow(() -> new IllegalStateException("nobody has found out who makes this call"));
  }

  /** The caller as the web server knows it; empty where it need not know. */
  static Optional<Caller> find(Exchange exchange) {
    Caller caller = exchange.getProperty(PROPERTY, Caller.class);
    if (caller == null
        && exchange.getMessage() instanceof HttpMessage call
        && call.getRequest().getAttribute(PROPERTY) instanceof Caller found) {
      exchange.setProperty(PROPERTY, found); // outlives the message
      caller = found;
    }
    return Optional.ofNullable(caller);
  }

  /** Whether the caller may still hear of changes: the session of the call may end during it. */
  static BooleanSupplier present(Exchange exchange) {
    return exchange.getMessage() instanceof HttpMessage call
            && call.getRequest().getAttribute(SESSION) instanceof BooleanSupplier open
        ? open
        : () -> true;
  }

  /** Whether sites with these tags are there for the caller. */
  public boolean sees(Collection<String> siteTags) {
    return tags.isEmpty() || !Collections.disjoint(tags, siteTags);
  }
}
