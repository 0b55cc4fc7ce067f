package io.github.camelakeeba.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.rest.Caller.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Instant START = Instant.parse("2026-11-30T02:00:00Z");

  private Instant now = START;
  private final Sessions sessions =
      new Sessions(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }
          });

  private static Caller caller(String name) {
    return new Caller(name, Scope.READ, Set.of());
  }

  @Test
  void a_session_ends_after_twelve_hours() {
    String id = sessions.open(Caller.API);
    now = START.plus(Duration.ofHours(12)).minusSeconds(1);
    assertThat(sessions.find(id)).map(Sessions.Session::caller).hasValue(Caller.API);
    now = START.plus(Duration.ofHours(12));
    assertThat(sessions.find(id)).isEmpty();
  }

  @Test
  void ids_differ_and_are_not_guessed() {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ids.add(sessions.open(caller("token" + i)));
    }

    assertThat(ids).hasSize(100).allSatisfy(id -> assertThat(id).matches("[A-Za-z0-9_-]{43}"));
    assertThat(sessions.find("")).isEmpty();
    assertThat(sessions.find("x")).isEmpty();
  }

  @Test
  void a_thousand_are_kept_and_the_oldest_makes_room() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1_001; i++) {
      ids.add(sessions.open(caller("token" + i)));
    }

    assertThat(sessions.find(ids.get(0))).isEmpty();
    assertThat(sessions.find(ids.get(1))).isPresent();
    assertThat(sessions.find(ids.get(1_000))).isPresent();
  }

  @Test
  void a_token_that_signs_in_over_and_over_signs_out_nobody_else() {
    String admin = sessions.open(Caller.API);
    String first = sessions.open(caller("wall"));
    for (int i = 0; i < 5_000; i++) {
      sessions.open(caller("wall"));
    }

    assertThat(sessions.find(admin)).isPresent();
    assertThat(sessions.find(first)).isEmpty();
  }
}
