package io.github.camelakeeba.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5 * SECOND); // it may overflow
  private final FailedAttempts attempts = new FailedAttempts(false, now::get);

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  private int allowed(String from) throws UnknownHostException {
    int allowed = 0;
    while (attempts.retryAfter(address(from), "guess" + allowed + "-" + now) == 0
        && allowed < 1_000) {
      attempts.failed(address(from), "guess" + allowed + "-" + now);
      allowed++;
    }
    return allowed;
  }

  @Test
  void ten_wrong_ones_are_answered_then_one_each_three_seconds() throws Exception {
    assertThat(allowed("192.0.2.1")).isEqualTo(10);
    assertThat(attempts.retryAfter(address("192.0.2.1"), "x")).isEqualTo(3);
    now.addAndGet(2 * SECOND);
    assertThat(attempts.retryAfter(address("192.0.2.1"), "x")).isEqualTo(1);
    now.addAndGet(SECOND);
    assertThat(allowed("192.0.2.1")).isEqualTo(1);
    now.addAndGet(3_600 * SECOND);
    assertThat(allowed("192.0.2.1")).isEqualTo(10);
  }

  @Test
  void others_and_who_was_right_before_are_not_held_up() throws Exception {
    attempts.succeeded(address("192.0.2.1"), "right");
    allowed("192.0.2.1");

    assertThat(attempts.retryAfter(address("192.0.2.1"), "right")).isZero();
    assertThat(attempts.retryAfter(address("192.0.2.2"), "x")).isZero();
  }

  @Test
  void an_old_token_of_a_script_holds_up_nobody_but_counts_where_people_sign_in() throws Exception {
    FailedAttempts signIns = new FailedAttempts(true, now::get);
    for (int i = 0; i < 1_000; i++) {
      attempts.failed(address("192.0.2.1"), "old");
      signIns.failed(address("192.0.2.1"), "old");
    }

    assertThat(attempts.retryAfter(address("192.0.2.1"), "x")).isZero();
    assertThat(signIns.retryAfter(address("192.0.2.1"), "old")).isPositive();
    allowed("192.0.2.1");
    assertThat(attempts.retryAfter(address("192.0.2.1"), "old")).isZero();
  }

  @Test
  void one_who_tries_many_at_the_same_time_waits_at_most_a_minute_or_so() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      attempts.failed(address("192.0.2.1"), "guess" + i);
    }

    assertThat(attempts.retryAfter(address("192.0.2.1"), "x")).isBetween(30L, 90L);
  }

  @Test
  void all_addresses_of_a_network_of_version_6_are_one() throws Exception {
    allowed("2001:db8::1");

    assertThat(attempts.retryAfter(address("2001:db8::ffff:2"), "x")).isPositive();
    assertThat(attempts.retryAfter(address("2001:db8:0:1::1"), "x")).isZero();
  }

  @Test
  void ten_thousand_addresses_are_remembered_and_no_more() throws Exception {
    for (int i = 0; i < 10_001; i++) {
      InetAddress one = address("10.0.%s.%s".formatted(i / 256, i % 256));
      for (int tries = 0; tries < 10; tries++) {
        attempts.failed(one, "guess" + i + "-" + tries);
      }
    }

    assertThat(attempts.retryAfter(address("10.0.0.0"), "x")).isZero();
    assertThat(attempts.retryAfter(address("10.0.0.1"), "x")).isPositive();
  }
}
