package io.github.camelakeeba.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that an integrator copies whole: its own routes, in Camel Main. */
@Tag("kamelets")
class BackupThenNotifyTest {
  @TempDir Path folder;

  private final GreenMail smtp =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final Main main = new Main();
  private SampleSite shop;
  private MockEndpoint kafka;
  private MockEndpoint tickets;

  @BeforeEach
  void start_the_example() throws Exception {
    smtp.start();
    shop = new SampleSite(folder, "");
    shop.properties()
        .forEach((key, value) -> main.addInitialProperty((String) key, (String) value));
    main.addInitialProperty("camel.beans.backup", "#class:" + BackupModule.class.getName());
    main.addInitialProperty("kafka.brokers", "127.0.0.1:1");
    main.addInitialProperty("mail.server", "smtp://127.0.0.1:" + smtp.getSmtp().getPort());
    main.addInitialProperty("mail.from", "backup@example.com");
    main.addInitialProperty("mail.to", "ops@example.com");
    main.addInitialProperty("ticket.url", "mock:tickets");
    main.configure()
        .withRoutesIncludePattern("file:examples/backup-then-notify/routes/*.camel.yaml");
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeStart(BaseMainSupport starting) {
            try {
              advise(starting.getCamelContext());
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
        });
    main.start();
    kafka = main.getCamelContext().getEndpoint("mock:kafka", MockEndpoint.class);
    tickets = main.getCamelContext().getEndpoint("mock:tickets", MockEndpoint.class);
  }

  /** Neither a clock nor a broker; all else is as it is written. */
  private static void advise(CamelContext context) throws Exception {
    AdviceWith.adviceWith(context, "nightly", route -> route.replaceFromWith("direct:nightly"));
    AdviceWith.adviceWith(context, "deployments", route -> route.replaceFromWith("direct:message"));
    AdviceWith.adviceWith(
        context, "announce", route -> route.weaveByToUri("kafka:*").replace().to("mock:kafka"));
    AdviceWith.adviceWith(
        context,
        "ticket",
        route -> route.weaveByToUri("{{ticket.url}}*").replace().to("mock:tickets"));
  }

  @AfterEach
  void stop() {
    main.stop();
    shop.close();
    smtp.stop();
  }

  private void send(String uri, Object body) {
    main.getCamelContext().createProducerTemplate().requestBody(uri, body);
  }

  @Test
  void a_good_backup_of_the_night_goes_to_kafka_and_to_nobody_s_mail() throws Exception {
    kafka.expectedMessageCount(1);
    tickets.expectedMessageCount(0);

    send("direct:nightly", "");

    MockEndpoint.assertIsSatisfied(main.getCamelContext());
    assertThat(kafka.getExchanges().get(0).getMessage().getBody(String.class))
        .contains("\"state\":\"completed\"");
    assertThat(smtp.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_failed_backup_of_a_message_is_mailed_and_becomes_a_ticket() throws Exception {
    shop.site().fault(Fault.on("getProfiles").always().answer(403, "text/plain", "no"));
    kafka.expectedMessageCount(0);
    tickets.expectedMessageCount(1);

    send("direct:message", "{\"site\":\"shop\",\"id\":\"deploy-7\"}");

    MockEndpoint.assertIsSatisfied(main.getCamelContext());
    assertThat(tickets.getExchanges().get(0).getMessage().getBody(String.class))
        .contains("\"state\":\"failed\"");
    assertThat(smtp.waitForIncomingEmail(RunningProduct.PATIENCE.toMillis(), 1)).isTrue();
    assertThat(smtp.getReceivedMessages()[0].getSubject()).startsWith("backup failed: ");
  }
}
