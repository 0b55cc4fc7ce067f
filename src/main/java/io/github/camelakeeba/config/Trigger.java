package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An entry of {@code triggers}: where requests for backups come from, and what they may ask for.
 *
 * @param name unlike those of the other triggers
 * @param from URI of a Camel consumer; a secret, since it may hold a password
 * @param site meant where a message names none; null: it must name one
 * @param sites names and patterns of those that may be asked for; empty: all
 * @param map JSONPath by member of a request; empty: the body is a request already
 * @param signing the secrets that prove the sender, and by which headers; none: nothing does
 * @param tokenHeader the header that holds the secret itself, or null
 * @param signatureHeader the header that holds the body's HMAC-SHA256, or null
 * @param reply what a sender that asks for a reply gets
 * @param replyTimeout so long a sender that holds a connection open waits for the outcome
 * @param coalesce whether a request joins a run of the same backup that is still queued
 * @param deadLetter URI of a Camel producer that gets what is refused, or null
 * @param enabled whether anything is consumed
 */
@Internal
public record Trigger(
    String name,
    Secret from,
    String site,
    List<String> sites,
    Map<String, String> map,
    SignatureSettings signing,
    String tokenHeader,
    String signatureHeader,
    ReplyMode reply,
    Duration replyTimeout,
    boolean coalesce,
    Secret deadLetter,
    boolean enabled) {

  /** What is answered. */
  public enum ReplyMode {
    /** The run, at once. */
    ACCEPTED,
    /** The event of its end. */
    OUTCOME
  }

  /** The secret that proves the sender; null: nothing does. */
  public Secret secret() {
    return signing.secret();
  }

  /** Whether this site may be asked for. */
  public boolean allowsSite(String name) {
    return sites.isEmpty()
        || sites.stream().anyMatch(pattern -> NotificationRule.matches(pattern, name));
  }

  /** The name of the component that consumes: all of its endpoint that may be printed. */
  public String scheme() {
    return scheme(from);
  }

  /** The name of the component of an endpoint. */
  public static String scheme(Secret uri) {
    return uri.reveal().replaceFirst("(?s):.*", "");
  }
}
