package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.trigger.DeadLetterException;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

@ShippedRoute("trigger-errors")
class TriggerErrorsRouteTest extends RouteTestSupport {

  private Exchange consume(Throwable... failures) throws Exception {
    return fail("backup-trigger-errors", "in", failures);
  }

  @Test
  void a_message_is_held_until_the_store_takes_it() throws Exception {
    bean("backup-store-availability").answers("isStoreFailure", true);
    QueryTimeoutException away = new QueryTimeoutException("no answer");

    assertThat(consume(away, away, away, away, away, away).getException()).isNull();

    assertThat(attempts()).isEqualTo(7);
  }

  @Test
  void a_dead_letter_is_tried_four_times() throws Exception {
    DeadLetterException letter = new DeadLetterException("the dead letter takes nothing");

    assertThat(consume(letter, letter, letter, letter, letter).getException()).isSameAs(letter);

    assertThat(attempts()).isEqualTo(4);
    assertThat(logged()).containsExactly("ERROR the dead letter takes nothing");
  }

  @Test
  void anything_else_goes_back_to_where_it_came_from() throws Exception {
    IllegalStateException bug = new IllegalStateException("a bug");

    assertThat(consume(bug).getException()).isSameAs(bug);

    assertThat(attempts()).isEqualTo(1);
  }
}
