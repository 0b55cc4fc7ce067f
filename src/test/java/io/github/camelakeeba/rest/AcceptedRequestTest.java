package io.github.camelakeeba.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.integration.PendingOutcome;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.RunWarnings;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** A request that is a row already is accepted, whatever fails afterwards. */
class AcceptedRequestTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_store_that_fails_while_the_outcome_is_awaited_does_not_deny_the_request(boolean polled)
      throws Exception {
    Run run = SampleBackup.run(RunState.RUNNING, RunWarnings.NONE, null);
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      Exchange exchange = new DefaultExchange(context);
      exchange
          .getMessage()
          .setBody(polled ? new PendingOutcome(run, null, Instant.MAX, 100, false) : run);
      exchange.setProperty(
          Exchange.EXCEPTION_CAUGHT, new CannotGetJdbcConnectionException("no connection is free"));

      RestResponse reply = new BackupResource(null).problem(exchange);

      assertThat(reply.status()).isEqualTo(202);
      assertThat(reply.body().toString()).contains(run.id());
    }
  }
}
