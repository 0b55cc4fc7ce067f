package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.component.stub.StubEndpoint;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The routes of examples/backup-then-notify as they are; brokers and mail server are stubs. */
@SpringBootTest(
    properties = {
      "camel.main.routes-include-pattern = file:../backup-then-notify/routes/*.camel.yaml",
      "kafka.brokers = kafka.example.com:9092",
      "mail.server = stub:mail",
      "mail.from = backup@example.com",
      "mail.to = ops@example.com",
      "ticket.url = stub:tickets"
    })
@DirtiesContext
class BackupThenNotifyTest {
  private static final String SECRET = "Zuv-Sample-Word-19";
  private static final SimulatedServer SERVER = SimulatedServer.start();
  private static final SimulatedSite SHOP = SERVER.joomla("shop").secret(SECRET).steps(3);

  @TempDir static Path store;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("backup.sites", () -> "classpath:one-site.yaml");
    registry.add("backup.data", store::toString);
    registry.add("shop.url", SHOP::url);
    registry.add("shop.secret", () -> SECRET);
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @TestConfiguration
  static class Stubs {
    @Bean
    StubComponent jms() {
      return new StubComponent();
    }

    @Bean
    StubComponent kafka() {
      return new StubComponent();
    }
  }

  @Autowired ProducerTemplate template;
  @Autowired CamelContext camel;

  @Test
  void a_good_backup_goes_to_kafka() {
    template.sendBody("direct:take-backup", "shop");

    assertThat(sentTo("kafka:")).contains("\"state\":\"completed\"");
  }

  @Test
  void a_failed_backup_of_a_message_is_mailed_and_becomes_a_ticket() {
    SHOP.fault(Fault.on("getProfiles").always().answer(403, "text/plain", "no"));
    try {
      template.sendBody(
          camel.getRoute("deployments").getEndpoint(), "{\"site\":\"shop\",\"id\":\"deploy-7\"}");

      assertThat(sentTo("stub://tickets")).contains("\"state\":\"failed\"");
      assertThat(sentTo("stub://mail")).contains("\"state\":\"failed\"");
    } finally {
      SHOP.clearFaults();
    }
  }

  private String sentTo(String scheme) {
    StubEndpoint endpoint =
        camel.getEndpoints().stream()
            .filter(each -> each.getEndpointUri().startsWith(scheme))
            .map(StubEndpoint.class::cast)
            .findFirst()
            .orElseThrow();
    await().atMost(Duration.ofSeconds(60)).until(() -> !endpoint.getExchanges().isEmpty());
    return endpoint.getExchanges().get(0).getMessage().getBody(String.class);
  }
}
