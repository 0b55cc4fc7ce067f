package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.notify.WebhookReceiver;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outcome reaches every channel at least once; a broken channel harms nothing else. */
@Tag("slow")
class OutboxTest {
  private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(<.*>)$");

  @TempDir Path folder;

  private WebhookReceiver hooks;
  private RunningProduct product;

  @BeforeEach
  void start() throws IOException {
    product = new RunningProduct(folder);
    SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
    product.site("shop", shop.url());
    hooks = new WebhookReceiver();
  }

  @AfterEach
  void stop() throws Exception {
    product.close();
    hooks.close();
  }

  @Tag("fault")
  @Test
  void a_mail_server_that_is_down_fails_no_backup_and_gets_the_mail_once_it_is_up()
      throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    product.yaml(mail("smtp://127.0.0.1:" + port)).start();

    assertThat(product.backup("shop").data().state()).isEqualTo("completed");
    await().atMost(RunningProduct.PATIENCE).until(() -> attempts("mail") > 0);
    GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      assertThat(server.waitForIncomingEmail(30_000, 1)).isTrue();
      delivered();
      assertThat(server.getReceivedMessages()).hasSize(1);
      assertThat(server.getReceivedMessages()[0].getSubject()).startsWith("[completed] shop");
    } finally {
      server.stop();
    }
  }

  @Test
  void a_mail_whose_answer_was_lost_comes_again_under_the_same_Message_ID() throws Exception {
    try (ForgetfulMailServer server = new ForgetfulMailServer()) {
      product.yaml(mail(server.address())).start();
      assertThat(product.backup("shop").data().state()).isEqualTo("completed");
      delivered();

      assertThat(server.mails()).hasSize(2);
      assertThat(messageId(server.mails().get(0))).isEqualTo(messageId(server.mails().get(1)));
    }
  }

  @Test
  void a_webhook_that_fails_at_first_gets_the_same_event_again() throws Exception {
    hooks.answer("/flaky", 500, 200);
    product.yaml(webhooks("flaky")).start();
    Event outcome = product.backup("shop");
    delivered();

    assertThat(hooks.all("/flaky"))
        .hasSize(2)
        .allMatch(posted -> new EventJson().read(posted.body()).equals(outcome));
  }

  @Test
  void a_channel_that_hangs_delays_no_other_and_no_backup() throws Exception {
    hooks.answer("/dead", WebhookReceiver.HANG);
    product.yaml(webhooks("dead", "well")).start();

    product.backup("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> hooks.taken("/well").size() == 1);
    product.backup("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> hooks.taken("/well").size() == 2);
    await().atMost(RunningProduct.PATIENCE).until(() -> open("well") == 0);
    assertThat(open("dead")).isEqualTo(2);
  }

  private static String mail(String smtp) {
    return """
        channels: {mail: {type: mail, smtp: "%s", from: b@example.com, to: ops@example.com}}
        notify: [{on: completed, to: mail}]
        """
        .formatted(smtp);
  }

  private String webhooks(String... names) {
    StringBuilder yaml = new StringBuilder("channels:\n");
    for (String name : names) {
      yaml.append("  %s: {type: webhook, url: \"%s\"}\n".formatted(name, hooks.url("/" + name)));
    }
    return yaml + "notify: [{on: completed, to: [" + String.join(", ", names) + "]}]\n";
  }

  private void delivered() {
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> product.service().beans().outbox().undeliveredCount(null) == 0);
  }

  private int attempts(String channel) {
    return number("select sum(attempts) from outbox where channel = ?", channel);
  }

  private int open(String channel) {
    return number(
        "select count(*) from outbox where channel = ? and delivered_at is null", channel);
  }

  private int number(String sql, String channel) {
    return product.jdbc().queryForObject(sql, Integer.class, channel);
  }

  private static String messageId(String mail) {
    Matcher matcher = MESSAGE_ID.matcher(mail);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
