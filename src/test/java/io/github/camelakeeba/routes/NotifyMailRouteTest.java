package io.github.camelakeeba.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.camelakeeba.notify.channel.OutgoingMail;
import io.github.camelakeeba.outbox.Delivery;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

@ShippedRoute("notify-mail")
class NotifyMailRouteTest extends RouteTestSupport {

  @Test
  void a_mail_goes_to_the_server_of_its_channel_and_leaves_no_header() {
    OutgoingMail mail = mock(OutgoingMail.class);
    when(mail.channel()).thenReturn("ops");
    when(mail.scheme()).thenReturn("smtps");
    when(mail.host()).thenReturn("mail.example.com");
    when(mail.port()).thenReturn(465);
    bean("backup-mail-channel").answers("toMail", mail);

    Exchange sent =
        send(
            "backup-notify-mail",
            exchange -> {
              exchange.getMessage().setHeader("To", "somebody@example.com");
              exchange.getMessage().setBody(mock(Delivery.class));
            });

    assertStory(
        "backup-mail-channel.toMail", "backup-mail-channel.request", "smtps:mail.example.com:465");
    assertThat(received("smtps:mail.example.com:465").get(0).getMessage().getHeaders())
        .doesNotContainKey("To");
    assertThat(sent.getMessage().getHeaders()).isEmpty();
  }

  @Test
  void a_server_of_another_scheme_is_not_called() {
    OutgoingMail mail = mock(OutgoingMail.class);
    when(mail.scheme()).thenReturn("file");
    bean("backup-mail-channel").answers("toMail", mail);

    assertThat(send("backup-notify-mail", mock(Delivery.class)).getException())
        .hasMessageContaining("smtp");
  }
}
