package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.camelakeeba.trigger.PendingReply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ShippedRoute("reply")
class ReplyRouteTest extends RouteTestSupport {
  private final PendingReply reply = mock(PendingReply.class);

  @BeforeEach
  void a_reply_is_due() {
    startTemplate("backup-reply", Map.of("trigger", "queue"));
    bean("backup-pending-replies").answers("pollDue", List.of(reply));
  }

  @Test
  void a_sender_beyond_a_broker_is_told_once_the_run_has_ended() {
    fire("backup-reply");

    assertStory("backup-pending-replies.pollDue", "backup-pending-replies.send");
    assertThat(bean("backup-pending-replies").call("pollDue")).containsExactly("queue");
  }

  @Test
  void a_reply_that_fails_comes_again() {
    IOException away = new IOException("no broker");
    bean("backup-pending-replies").answers("send", away);

    fire("backup-reply");

    assertThat(bean("backup-pending-replies").call("markFailed")).containsExactly(reply, away);
  }

  /** {@code PendingRepliesTest} has the rest: the bean throws it on. */
  @Test
  void an_error_of_the_java_machine_is_no_failed_reply() {
    InternalError error = new InternalError("of the machine");
    bean("backup-pending-replies").answers("send", error).answers("markFailed", error);

    assertThat(fire("backup-reply").getException()).hasRootCauseInstanceOf(InternalError.class);
  }
}
