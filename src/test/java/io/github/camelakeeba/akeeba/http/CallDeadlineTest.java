package io.github.camelakeeba.akeeba.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.akeeba.Deadline;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;

/** What a call that is broken off throws, whatever the client makes of it. */
class CallDeadlineTest {
  private final HttpGet request = new HttpGet("http://shop.example.com/");
  private final ExecChain.Scope scope =
      new ExecChain.Scope(
          "1",
          new HttpRoute(new HttpHost("shop.example.com", 80)),
          request,
          mock(ExecRuntime.class),
          HttpClientContext.create());

  /** As HttpClient 5.6 does when it is cancelled between its lease and its connection. */
  private ClassicHttpResponse releasedWhileConnecting() {
    await().until(request::isCancelled);
    throw new IllegalStateException("Endpoint not acquired / already released");
  }

  @Test
  void at_its_limit_it_is_a_timeout_also_while_the_client_connects() {
    assertThatThrownBy(
            () ->
                CallDeadline.within(
                    Duration.ofMillis(50), Deadline.NONE, scope, this::releasedWhileConnecting))
        .isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void at_the_end_of_the_run_it_is_what_the_deadline_throws() {
    IllegalStateException over = new IllegalStateException("the run is over");
    Deadline deadline =
        new Deadline() {
          @Override
          public Duration remaining() {
            return Duration.ZERO;
          }

          @Override
          public void checkNotOver() {
            throw over;
          }
        };

    assertThatThrownBy(
            () -> CallDeadline.within(null, deadline, scope, this::releasedWhileConnecting))
        .isSameAs(over);
  }

  @Test
  void a_call_that_changes_the_site_is_not_looked_at_before_its_time_is_over() {
    AtomicInteger looks = new AtomicInteger();
    Instant end = Instant.now().plusMillis(1500);
    Deadline deadline =
        new Deadline() {
          @Override
          public Duration remaining() {
            looks.incrementAndGet();
            return Duration.between(Instant.now(), end);
          }

          @Override
          public void checkNotOver() {
            throw new IllegalStateException("the run is over");
          }
        };

    assertThatThrownBy(
            () ->
                CallDeadline.within(
                    null, deadline.timeOnly(), scope, this::releasedWhileConnecting))
        .hasMessage("the run is over");
    assertThat(looks).hasValueLessThan(4); // when it was sent, and at the end
  }

  @Test
  void what_fails_by_itself_is_passed_on() {
    IllegalStateException bug = new IllegalStateException("a bug");

    assertThatThrownBy(
            () ->
                CallDeadline.within(
                    Duration.ofMinutes(1),
                    Deadline.NONE,
                    scope,
                    () -> {
                      throw bug;
                    }))
        .isSameAs(bug);
  }
}
