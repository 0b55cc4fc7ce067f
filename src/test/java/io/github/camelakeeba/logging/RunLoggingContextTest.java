package io.github.camelakeeba.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.archive.FileDownload;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.outbox.Delivery;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** No step sets the MDC: it follows from what the exchange carries. */
class RunLoggingContextTest {
  private final List<String> sites = new ArrayList<>();

  private void note() {
    sites.add(String.valueOf(MDC.get("site")));
  }

  @Test
  void steps_of_our_routes_are_about_the_site_and_those_of_a_host_are_not() throws Exception {
    Delivery delivery = new Delivery(1, "ops", SampleBackup.failed("no room"), 0);
    String site = SampleBackup.failed("no room").data().site();
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.getCamelContextExtension().addInterceptStrategy(new RunLoggingContext());
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:ours")
                  .routeId("backup-ours")
                  .process(exchange -> note())
                  .setVariable("backup-delivery")
                  .body()
                  .setBody()
                  .constant("a call")
                  .doTry()
                  .process(exchange -> note())
                  .throwException(new IllegalStateException("not taken"))
                  .doCatch(Exception.class)
                  .process(exchange -> note())
                  .end();
              from("direct:host").routeId("host").process(exchange -> note());
            }
          });
      context.start();

      context.createProducerTemplate().sendBody("direct:ours", delivery);
      note();
      context.createProducerTemplate().sendBody("direct:host", delivery);

      assertThat(sites).containsExactly(site, site, site, "null", "null");
    }
  }

  @Test
  void steps_of_a_download_outside_a_run_are_about_its_site() throws Exception {
    FileDownload file = mock(FileDownload.class, RETURNS_DEEP_STUBS);
    when(file.site().name()).thenReturn("shop");
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.getCamelContextExtension().addInterceptStrategy(new RunLoggingContext());
      context.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:piece").routeId("akeeba-piece").process(exchange -> note());
            }
          });
      context.start();

      context
          .createProducerTemplate()
          .send(
              "direct:piece",
              exchange -> {
                exchange.setVariable("akeeba-file", file);
                exchange.getMessage().setBody("a call");
              });

      assertThat(sites).containsExactly("shop");
    }
  }
}
