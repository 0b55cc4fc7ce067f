package io.github.camelakeeba.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.component.stub.StubEndpoint;
import org.apache.camel.main.Main;
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
    main.addInitialProperty("ticket.url", "stub:tickets");
    main.configure()
        .withRoutesIncludePattern("file:examples/backup-then-notify/routes/*.camel.yaml");
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    // neither a clock nor brokers; all else is as it is written
    for (String component : List.of("quartz", "jms", "kafka")) {
      main.bind(component, new StubComponent());
    }
    main.start();
  }

  @AfterEach
  void stop() {
    main.stop();
    shop.close();
    smtp.stop();
  }

  private void arrive(String route, String body) {
    CamelContext context = main.getCamelContext();
    context.createProducerTemplate().sendBody(context.getRoute(route).getEndpoint(), body);
  }

  private String sentTo(String scheme) {
    return main.getCamelContext()
        .createConsumerTemplate()
        .receiveBody(endpoint(scheme), RunningProduct.PATIENCE.toMillis(), String.class);
  }

  private StubEndpoint endpoint(String scheme) {
    return main.getCamelContext().getEndpoints().stream()
        .filter(each -> each.getEndpointUri().startsWith(scheme))
        .map(StubEndpoint.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_good_backup_of_the_night_goes_to_kafka_and_to_nobody_s_mail() throws Exception {
    arrive("nightly", "");

    assertThat(sentTo("kafka:")).contains("\"state\":\"completed\"");
    assertThat(endpoint("stub://tickets").getExchanges()).isEmpty();
    assertThat(smtp.getReceivedMessages()).isEmpty();
  }

  @Test
  void a_failed_backup_of_a_message_is_mailed_and_becomes_a_ticket() throws Exception {
    shop.site().fault(Fault.on("getProfiles").always().answer(403, "text/plain", "no"));

    arrive("deployments", "{\"site\":\"shop\",\"id\":\"deploy-7\"}");

    assertThat(sentTo("stub://tickets")).contains("\"state\":\"failed\"");
    assertThat(smtp.getReceivedMessages()[0].getSubject()).startsWith("backup failed: ");
    assertThat(endpoint("kafka:").getExchanges()).isEmpty();
  }
}
