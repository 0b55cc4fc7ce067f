package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.notify.channel.MailChannel.OutgoingMail;
import io.github.camelakeeba.outbox.Delivery;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;

@ShippedRoute("notify-mail")
class NotifyMailRouteTest extends RouteTestSupport {

  @Test
  void a_mail_goes_to_the_server_of_its_channel_and_leaves_no_header() {
    Channel.Mail ops =
        new Channel.Mail(
            "ops",
            URI.create("smtps://mail.example.com"),
            null,
            null,
            "backup@example.com",
            List.of("ops@example.com", "team@example.com"),
            List.of(),
            List.of("archive@example.com"),
            null);
    bean("backup-mail-channel")
        .answers(
            "toMail",
            new OutgoingMail(
                ops, "backup-mail-server-ops", "It failed", "text", "<p>html</p>", "<id@host>"));

    Exchange sent =
        send(
            "backup-notify-mail",
            exchange -> {
              exchange.getMessage().setHeader("To", "somebody@example.com");
              exchange.getMessage().setBody(mock(Delivery.class));
            });

    assertStory("backup-mail-channel.toMail", "smtps:mail.example.com:465");
    Message mail = received("smtps:mail.example.com:465").get(0).getMessage();
    assertThat(mail.getHeaders())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "From", "backup@example.com",
                "To", List.of("ops@example.com", "team@example.com"),
                "Cc", List.of(),
                "Bcc", List.of("archive@example.com"),
                "Subject", "It failed",
                "Message-ID", "<id@host>",
                "Auto-Submitted", "auto-generated",
                "CamelMailAlternativeBody", "text"));
    assertThat(mail.getBody()).isEqualTo("<p>html</p>");
    assertThat(sent.getMessage().getHeaders()).isEmpty();
  }

  @Test
  void a_server_of_another_scheme_is_not_called() {
    OutgoingMail mail = mock(OutgoingMail.class);
    when(mail.channel()).thenReturn(mock(Channel.Mail.class, RETURNS_DEEP_STUBS));
    when(mail.scheme()).thenReturn("file");
    bean("backup-mail-channel").answers("toMail", mail);

    assertThat(send("backup-notify-mail", mock(Delivery.class)).getException())
        .hasMessageContaining("smtp");
  }
}
