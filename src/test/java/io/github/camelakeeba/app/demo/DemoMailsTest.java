package io.github.camelakeeba.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DemoMailsTest {
  private static final String TEXT =
      "The backup of forum has failed.\n\nThe disk is full.\n\nSite: forum\nRun: 1\n";

  private static String shown(String page) throws Exception {
    MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()));
    mail.setSubject("[failed] forum");
    mail.setText(TEXT);
    mail.addHeader("To", "ops@example.com");
    GreenMail none = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    return new DemoMails(none, page).text(mail);
  }

  @Test
  void a_mail_is_short_where_there_is_a_page_to_open() throws Exception {
    assertThat(shown("http://127.0.0.1:8080/#token=x"))
        .contains("---- mail to ops@example.com ----", "Subject: [failed] forum")
        .contains(
            "failed.\n\nThe disk is full.\n\nopen in the page: http://127.0.0.1:8080/#token=x")
        .doesNotContain("Run: 1");
  }

  @Test
  void and_whole_where_there_is_none() throws Exception {
    assertThat(shown(null)).contains(TEXT.strip()).doesNotContain("open in the page");
  }
}
