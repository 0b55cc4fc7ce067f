package io.github.camelakeeba.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;

class TicketRouteTest extends CamelTestSupport {
  private static final String ROUTE = "classpath:local/ticket.camel.yaml";
  private static final String TICKETS = "http:tickets.example.com/api/issues";
  private static final String FAILED =
      """
      {"data": {"site": "shop", "state": "failed",
                "error": {"kind": "timeout", "message": "no answer for 6 h"}}}
      """;

  @Override
  public void configureContext(CamelContextConfiguration configuration) {
    super.configureContext(configuration);
    Properties settings = new Properties();
    settings.put("tickets.url", TICKETS);
    configuration
        .withUseOverridePropertiesWithPropertiesComponent(settings)
        .withMockEndpointsAndSkip("http:*");
  }

  @Override
  protected RoutesBuilder[] createRouteBuilders() throws Exception {
    return PluginHelper.getRoutesLoader(context)
        .findRoutesBuilders(ResourceHelper.resolveMandatoryResource(context, ROUTE))
        .toArray(RoutesBuilder[]::new);
  }

  private Exchange deliver() {
    return template.send(
        "direct:ticket",
        exchange -> {
          exchange.getMessage().setHeader("ce_id", "e-1");
          exchange.getMessage().setBody(FAILED);
        });
  }

  @Test
  void a_failed_backup_opens_a_ticket() throws Exception {
    MockEndpoint tickets = getMockEndpoint("mock:" + TICKETS);
    tickets.expectedMessageCount(1);
    tickets.expectedHeaderReceived("Content-Type", "application/json");

    deliver();

    tickets.assertIsSatisfied();
    String ticket = tickets.getExchanges().get(0).getMessage().getBody(String.class);
    assertTrue(ticket.contains("\"title\":\"shop\""), ticket);
    assertTrue(ticket.contains("no answer for 6 h"), ticket);
  }

  @Test
  void a_ticket_that_is_not_accepted_fails_the_delivery_and_it_comes_again() {
    IOException refused = new IOException("HTTP 503");
    getMockEndpoint("mock:" + TICKETS)
        .whenAnyExchangeReceived(
            exchange -> {
              throw refused;
            });

    assertEquals(refused, deliver().getException());
  }
}
