package io.github.camelakeeba.app.demo;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The mails that the catcher has got, each shown once: short where there is a page to open. */
final class DemoMails {
  private static final int PARAGRAPHS = 2;

  private final GreenMail smtp;
  private final String page;
  private int shown;

  /**
   * @param page its address with a token, or null: mails are shown as a whole
   */
  DemoMails(GreenMail smtp, String page) {
    this.smtp = smtp;
    this.page = page;
  }

  boolean areShown() {
    return shown == smtp.getReceivedMessages().length;
  }

  /** Null: no other has come yet. */
  MimeMessage next() {
    MimeMessage[] received = smtp.getReceivedMessages();
    return shown < received.length ? received[shown++] : null;
  }

  String text(MimeMessage mail) throws Exception {
    String text = plain(mail).strip().replace("\r\n", "\n");
    String body = page == null ? text : beginning(text) + "\n\nopen in the page: " + page;
    return "---- mail to %s ----%nSubject: %s%n%n%s%n----%n%n"
        .formatted(mail.getHeader("To", ", "), mail.getSubject(), body);
  }

  static String beginning(String text) {
    return Arrays.stream(text.split("\n\\s*\n"))
        .limit(PARAGRAPHS)
        .collect(Collectors.joining("\n\n"));
  }

  private static String plain(Part part) throws Exception {
    return part.getContent() instanceof MimeMultipart parts
        ? plain(parts.getBodyPart(0))
        : part.getContent().toString();
  }
}
