package io.github.camelakeeba.app.web;

import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.secret.Sha256;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who has signed in on the page; gone with the process. */
final class Sessions {
  static final Duration LIFETIME = Duration.ofHours(12);
  private static final int MAX = 1_000;

  /** Of one token, so that a wall that signs in over and over does not sign out the others. */
  private static final int MAX_OF_ONE = 100;

  private static final int ID_BYTES = 32;

  /** By the hash of their ids, the oldest first; guarded by this. */
  private final Map<String, Session> open = new LinkedHashMap<>();

  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  record Session(Caller caller, Instant endsAt) {}

  Sessions(Clock clock) {
    this.clock = clock;
  }

  /** Opens one; returns its id, which only the cookie holds. */
  synchronized String open(Caller caller) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    open.values().removeIf(session -> !session.endsAt.isAfter(now));
    List<String> own =
        open.entrySet().stream()
            .filter(one -> one.getValue().caller.name().equals(caller.name()))
            .map(Map.Entry::getKey)
            .toList();
    if (own.size() >= MAX_OF_ONE) {
      open.remove(own.get(0));
    } else if (open.size() >= MAX) {
      open.remove(open.keySet().iterator().next());
    }
    open.put(Sha256.hex(id), new Session(caller, now.plus(LIFETIME)));
    return id;
  }

  synchronized Optional<Session> find(String id) {
    return Optional.ofNullable(open.get(Sha256.hex(id)))
        .filter(session -> session.endsAt.isAfter(clock.instant()));
  }

  synchronized void close(String id) {
    open.remove(Sha256.hex(id));
  }
}
