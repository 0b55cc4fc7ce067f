package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An entry of {@code triggers}: the source of requests for backups, and what they may request.
 *
 * @param from URI of a Camel consumer; a secret, since it may hold a password
 * @param site of messages that name none; null: a message must name one
 * @param sites names and patterns of those that may be requested; empty: all
 * @param map JSONPath by member of a request; empty: the body is a request already
 * @param signing the secrets that authenticate the sender, and the headers; or none
 * @param tokenHeader the header that holds the secret itself, or null
 * @param signatureHeader the header that holds the body's HMAC-SHA256, or null
 * @param replyTimeout how long a sender that holds a connection open waits for the outcome
 * @param coalesce whether a request joins a run of the same backup that is still queued
 * @param deadLetter URI of a Camel producer that gets rejected messages, or null
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
  public enum ReplyMode {
    ACCEPTED,
    OUTCOME
  }

  public Secret secret() {
    return signing.secret();
  }

  public boolean allowsSite(String name) {
    return sites.isEmpty()
        || sites.stream().anyMatch(pattern -> NotificationRule.matches(pattern, name));
  }

  /** The name of the component that consumes: all of its endpoint that may be printed. */
  public String scheme() {
    return scheme(from);
  }

  public static String scheme(Secret uri) {
    return uri.reveal().replaceFirst("(?s):.*", "");
  }
}
