package io.github.camelakeeba.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.notify.text.HostileTextsTest;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.product.TestCertificate;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped mail route against a real SMTP server. */
@Tag("slow")
class MailRouteTest {
  private GreenMail server;
  private ShippedRoute route;

  @AfterEach
  void stop() {
    if (route != null) {
      route.close();
    }
    if (server != null) {
      server.stop();
    }
  }

  @Test
  void a_mail_reaches_every_recipient_with_both_parts() throws Exception {
    start("smtp", null, null);
    deliver(SampleBackup.failed("The disk is full"));

    MimeMessage[] received = server.getReceivedMessages();
    assertThat(received).hasSize(4);
    MimeMessage mail = received[0];
    assertThat(mail.getSubject()).isEqualTo("[failed] shop: The disk is full");
    assertThat(addresses(mail, RecipientType.TO))
        .containsExactly("ops@example.com", "\"Zoë Ops\" <zoe@example.com>");
    assertThat(addresses(mail, RecipientType.CC)).containsExactly("boss@example.com");
    assertThat(addresses(mail, RecipientType.BCC)).isEmpty();
    assertThat(((jakarta.mail.internet.InternetAddress) mail.getFrom()[0]).toUnicodeString())
        .isEqualTo("\"Büro Backup\" <backup@example.com>");
    assertThat(mail.getContentType()).startsWith("multipart/alternative");
    assertThat(part(mail, 0)).startsWith("The backup of shop failed.").contains("What to do:");
    assertThat(part(mail, 1)).startsWith("<!DOCTYPE html>").contains("The disk is full");
    assertThat(((Multipart) mail.getContent()).getBodyPart(1).getContentType())
        .isEqualTo("text/html; charset=UTF-8");
  }

  @Test
  void only_the_headers_of_the_mail_itself_go_out() throws Exception {
    start("smtp", null, null);
    deliver(SampleBackup.completed());
    String raw = GreenMailUtil.getHeaders(server.getReceivedMessages()[0]);
    assertThat(raw)
        .contains("Auto-Submitted: auto-generated")
        .doesNotContain("Camel", "X-Leak", "evil", "CamelMailAlternativeBody");
  }

  @Test
  void the_message_id_is_the_same_however_often_an_event_is_delivered() throws Exception {
    start("smtp", null, null);
    deliver(SampleBackup.completed());
    deliver(new EventJson().read(new EventJson().write(SampleBackup.completed())));
    deliver(SampleBackup.started());
    List<String> ids =
        Arrays.stream(server.getReceivedMessages())
            .map(mail -> GreenMailUtil.getHeaders(mail))
            .map(raw -> raw.replaceAll("(?is).*^message-id: (\\S+).*", "$1"))
            .map(raw -> raw.replaceAll("(?is).*\nmessage-id:\\s*(\\S+).*", "$1"))
            .distinct()
            .toList();
    assertThat(ids).hasSize(2);
    assertThat(ids)
        .allMatch(id -> id.matches("<[0-9a-f]{32}@camel-akeeba-backup\\.example\\.com>"));
  }

  @Test
  void a_server_text_is_escaped_and_cannot_add_a_header() throws Exception {
    start("smtp", null, null);
    deliver(
        SampleBackup.failed(
            "<script>alert(1)</script>\r\nBcc: evil@example.com\r\n\r\nbody ${body}"));
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(server.getReceivedMessages()).hasSize(4);
    assertThat(part(mail, 1))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "${body}")
        .doesNotContain("<script>");
  }

  @Test
  void hostile_texts_of_every_kind_of_message_reach_the_configured_recipients_only()
      throws Exception {
    start("smtp", null, null);
    String hostile =
        "\"a\" 'b'\r\nBcc: evil@example.com\r\nTo: evil@example.com\r\n\r\n<script>x</script>"
            + " ${7*7} {{env:HOME}} %s %n \u202E \u0000 🚀 Größe "
            + "x".repeat(1_000_000);
    int sent = 0;
    for (var kind : HostileTextsTest.kinds()) {
      assertThat(route.send(new Delivery(1, "ops", kind.apply(hostile), 0)).getException())
          .isNull();
      sent++;
    }
    assertThat(server.getReceivedMessages()).hasSize(4 * sent);
    for (MimeMessage mail : server.getReceivedMessages()) {
      assertThat(addresses(mail, RecipientType.TO))
          .containsExactly("ops@example.com", "\"Zoë Ops\" <zoe@example.com>");
      assertThat(addresses(mail, RecipientType.CC)).containsExactly("boss@example.com");
      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat(mail.getSubject()).hasSizeLessThanOrEqualTo(180).doesNotContainPattern("\\p{Cc}");
      assertThat(part(mail, 0)).contains("Größe");
      assertThat(part(mail, 1)).contains("Größe").doesNotContain("<script>");
    }
  }

  @Test
  void umlauts_and_emoji_survive_and_long_texts_are_cut() throws Exception {
    start("smtp", null, null);
    deliver(SampleBackup.failed("Größe überschritten 🚀 " + "ж".repeat(5000)));
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getSubject())
        .startsWith("[failed] shop: Größe überschritten 🚀 жжж")
        .hasSizeLessThanOrEqualTo(180);
    assertThat(part(mail, 0)).contains("Größe überschritten 🚀").doesNotContain("ж".repeat(1000));
    assertThat(part(mail, 1)).contains("Größe überschritten 🚀").doesNotContain("ж".repeat(1000));
  }

  @Test
  void a_login_is_used_and_a_wrong_one_fails_without_telling_it() throws Exception {
    start("smtp", "backup-login", "pass-of-the-mailer");
    server.setUser("backup@example.com", "backup-login", "pass-of-the-mailer");
    deliver(SampleBackup.completed());
    assertThat(server.getReceivedMessages()).hasSize(4);

    server.getManagers().getUserManager().getUser("backup-login").setPassword("another");
    Exchange failed = route.send(delivery(SampleBackup.completed()));
    assertThat(failed.getException()).hasMessageStartingWith("mail ops: ");
    assertThat(StackTraceText.of(failed.getException())).doesNotContain("pass-of-the-mailer");
  }

  @Test
  void mail_goes_over_tls_from_the_first_byte_with_smtps() throws Exception {
    start("smtps", null, null);
    deliver(SampleBackup.completed());
    assertThat(server.getReceivedMessages()[0].getSubject()).startsWith("[completed] shop");
  }

  @Test
  void mail_and_login_wait_for_tls_where_the_server_offers_starttls(@TempDir Path folder)
      throws Exception {
    try (ScriptedMailServer server =
        new ScriptedMailServer("127.0.0.1", TestCertificate.context(folder), null, false)) {
      route = route(SampleBackup.mail(server.address(), "backup-login", "pass-of-the-mailer"));
      deliver(SampleBackup.completed());
      assertThat(server.inClear()).contains("STARTTLS").noneMatch(MailRouteTest::confidential);
      assertThat(server.inTls()).anyMatch(line -> line.startsWith("AUTH")).contains("DATA");
      assertThat(server.inTls()).anyMatch(line -> line.startsWith("Subject: [completed] shop"));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX) // the only one on which all of 127/8 is this machine
  void a_login_is_never_sent_where_starttls_is_not_offered() throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer("127.0.0.2", null, null, false)) {
      route = route(SampleBackup.mail(server.address(), "backup-login", "pass-of-the-mailer"));
      assertThat(route.send(delivery(SampleBackup.completed())).getException())
          .hasMessage("mail ops: STARTTLS is required but host does not support STARTTLS");
      assertThat(server.inClear()).isNotEmpty().noneMatch(MailRouteTest::confidential);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_certificate_that_nobody_vouches_for_gets_neither_mail_nor_login(@TempDir Path folder)
      throws Exception {
    try (ScriptedMailServer server =
        new ScriptedMailServer("127.0.0.2", TestCertificate.context(folder), null, false)) {
      route = route(SampleBackup.mail(server.address(), "backup-login", "pass-of-the-mailer"));
      assertThat(route.send(delivery(SampleBackup.completed())).getException())
          .hasMessageStartingWith("mail ops: Could not convert socket to TLS");
      assertThat(server.inClear()).contains("STARTTLS").noneMatch(MailRouteTest::confidential);
      assertThat(server.inTls()).isEmpty();
    }
  }

  private static boolean confidential(String line) {
    return line.matches("(AUTH|MAIL|RCPT|DATA).*");
  }

  @ParameterizedTest
  @CsvSource({
    "the greeting, true", "the greeting, false",
    "EHLO, true", "EHLO, false",
    "RCPT, true", "RCPT, false",
    "DATA, true", "DATA, false"
  })
  void a_server_that_hangs_or_hangs_up_fails_the_delivery_in_a_line(String command, boolean hangs)
      throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer("127.0.0.1", null, command, hangs)) {
      // 30 s in the product
      route =
          route(
              SampleBackup.mail(server.address(), null, null), Map.of("mail.smtp.timeout", "500"));
      assertThat(route.send(delivery(SampleBackup.completed())).getException())
          .hasMessageStartingWith("mail ops: ")
          .hasMessageNotContaining("\n")
          .hasNoCause();
      assertThat(server.inClear().stream().anyMatch(line -> line.startsWith(command)))
          .isEqualTo(!command.equals(ScriptedMailServer.GREETING));
    }
  }

  @Test
  void a_server_that_is_not_there_fails_the_delivery() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    route = route(SampleBackup.mail("smtp://127.0.0.1:" + free, null, null));
    assertThat(route.send(delivery(SampleBackup.completed())).getException())
        .hasMessageStartingWith("mail ops: ")
        .hasMessageContaining(String.valueOf(free))
        .hasNoCause();
  }

  @Test
  void the_server_is_greeted_with_the_name_that_the_channel_has() throws Exception {
    try (ScriptedMailServer server = new ScriptedMailServer("127.0.0.1", null, null, false)) {
      Channel.Mail mail = SampleBackup.mail(server.address(), null, null);
      Channel.Mail named =
          new Channel.Mail(
              mail.name(),
              mail.smtp(),
              null,
              null,
              mail.from(),
              mail.to(),
              mail.cc(),
              mail.bcc(),
              "backup.example.com");
      route = route(named);
      deliver(SampleBackup.completed());
      assertThat(server.inClear()).contains("EHLO backup.example.com");
    }
  }

  @Test
  void without_one_it_is_the_first_name_of_this_machine_that_means_it_elsewhere_too() {
    assertThat(MailServer.heloName("vm1.example.com", "vm1")).isEqualTo("vm1.example.com");
    assertThat(MailServer.heloName("localhost", "vm1")).isEqualTo("vm1");
    assertThat(MailServer.heloName("localhost.localdomain", "LOCALHOST")).isEmpty();
    assertThat(MailServer.heloName("10.0.0.7", "fe80::1%eth0")).isEmpty();
  }

  @Test
  void one_dead_address_does_not_keep_the_mail_from_the_others() throws Exception {
    try (StubbornMailServer stubborn = new StubbornMailServer("boss@example.com", 550)) {
      route = route(SampleBackup.mail("smtp://127.0.0.1:" + stubborn.port(), null, null));
      deliver(SampleBackup.completed());
      assertThat(stubborn.accepted())
          .containsExactly("ops@example.com", "zoe@example.com", "archive@example.com");
    }
  }

  @Test
  void an_address_that_is_refused_for_now_is_tried_again() throws Exception {
    try (StubbornMailServer stubborn = new StubbornMailServer("boss@example.com", 451)) {
      route = route(SampleBackup.mail("smtp://127.0.0.1:" + stubborn.port(), null, null));
      assertThat(route.send(delivery(SampleBackup.completed())).getException())
          .hasMessageStartingWith("mail ops: ")
          .hasMessageContaining("451");
    }
  }

  @Test
  void a_channel_that_is_gone_fails_in_a_sentence() throws Exception {
    start("smtp", null, null);
    Exchange failed = route.send(new Delivery(1, "old", SampleBackup.completed(), 0));
    assertThat(failed.getException())
        .hasMessage("channel old: is not configured as a mail channel any more");
  }

  @Test
  void many_mails_need_one_endpoint_whose_address_holds_no_login() throws Exception {
    start("smtp", null, null);
    deliver(SampleBackup.completed());
    int endpoints = route.endpoints();
    deliver(SampleBackup.started());
    deliver(SampleBackup.failed("x"));
    assertThat(route.endpoints()).isEqualTo(endpoints);
  }

  private void start(String scheme, String username, String password) throws Exception {
    server = new GreenMail(new ServerSetup(0, "127.0.0.1", scheme));
    server.start();
    int port = "smtps".equals(scheme) ? server.getSmtps().getPort() : server.getSmtp().getPort();
    route = route(SampleBackup.mail(scheme + "://127.0.0.1:" + port, username, password));
  }

  private static ShippedRoute route(Channel.Mail channel) throws Exception {
    return route(channel, Map.of());
  }

  private static ShippedRoute route(Channel.Mail channel, Map<String, String> limits)
      throws Exception {
    Map<String, Channel> channels = SampleBackup.channels(channel);
    Map<String, Object> beans = new HashMap<>();
    beans.put(
        "backup-mail-channel",
        new MailChannel(
            channels,
            SampleBackup.texts(SampleBackup.PROJECT),
            (name, server) -> {
              server.getJavaMailProperties().putAll(limits);
              beans.put(name, server);
            }));
    return new ShippedRoute("notify-mail", beans);
  }

  private void deliver(Event event) {
    assertThat(route.send(delivery(event)).getException()).isNull();
  }

  private static Delivery delivery(Event event) {
    return new Delivery(1, "ops", event, 0);
  }

  private static List<String> addresses(MimeMessage mail, RecipientType type) throws Exception {
    var found = mail.getRecipients(type);
    return found == null
        ? List.of()
        : Arrays.stream(found)
            .map(a -> ((jakarta.mail.internet.InternetAddress) a).toUnicodeString())
            .toList();
  }

  private static String part(MimeMessage mail, int index) throws Exception {
    return (String) ((Multipart) mail.getContent()).getBodyPart(index).getContent();
  }
}
