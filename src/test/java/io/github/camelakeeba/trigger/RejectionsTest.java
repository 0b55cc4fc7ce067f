package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** What is no reason to reject a message. */
class RejectionsTest {
  private final Rejections rejections = new Rejections(Map.of(), null, null);

  @Test
  void an_error_of_the_java_machine_rejects_no_message() {
    Exception wrapped = new IllegalStateException(new OutOfMemoryError("Java heap space"));

    assertThatThrownBy(() -> rejections.toRejection(null, wrapped))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void a_store_that_is_away_rejects_no_message() {
    Exception away = new CannotGetJdbcConnectionException("no connection");

    assertThatThrownBy(() -> rejections.toRejection(null, away)).isSameAs(away);
  }
}
