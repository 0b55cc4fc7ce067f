package io.github.camelakeeba.rest;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import org.apache.camel.Exchange;

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

  /** Whoever has the token {@code backup.api.token}. */
  public static final Caller API = new Caller("api", Scope.ADMIN, Set.of());

  /** What a caller may do; each may do what those before it may. */
  public enum Scope {
    /** Read everything. */
    READ,
    /** Start and stop backups. */
    START,
    /** Everything. */
    ADMIN;

    public boolean includes(Scope other) {
      return compareTo(other) >= 0;
    }
  }

  public Caller {
    tags = Set.copyOf(tags);
  }

  /** The caller of this call of the API. */
  public static Caller of(Exchange exchange) {
    Caller caller = exchange.getProperty(PROPERTY, Caller.class);
    return caller == null ? API : caller;
  }

  /** Whether sites with these tags are there for the caller. */
  public boolean sees(Collection<String> siteTags) {
    return tags.isEmpty() || !Collections.disjoint(tags, siteTags);
  }
}
