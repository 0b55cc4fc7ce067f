package io.github.camelakeeba.notify.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.event.SampleDigests;
import io.github.camelakeeba.notify.channel.ChatRenderer;
import io.github.camelakeeba.notify.channel.MailRenderer;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** What a server or a requester writes is shown, and does nothing. */
public class HostileTextsTest {
  private static final List<String> HOSTILE =
      List.of(
          "\"quoted\" 'single' <b>bold</b> & &amp; </td></table>",
          "full\r\nBcc: evil@example.com\r\n\r\nbody",
          "<script>alert(1)</script><img src=x onerror=alert(1)>",
          "${7*7} #{7*7} <#assign x=1>${site} <@layout/> [=7*7]",
          "{{env:HOME}} ${body} ${sys.user.home}",
          "%s %n %d %x 100%",
          "a".repeat(178) + "🚀🚀🚀",
          "evil\u202Egpj.exe\u2066\u2069 \u202A",
          "nul\u0000bell\u0007esc\u001B[31m\uFFFE\uFFFF",
          "half \uD83D surrogate",
          "line\u2028separator\u2029paragraph\u0085next",
          "Größe überschritten: Änderung, ß, ж, 漢字",
          "x".repeat(20_000),
          "<".repeat(20_000),
          "\n".repeat(20_000) + "end");

  private final MailRenderer mails = SampleBackup.texts(SampleBackup.PROJECT);
  private final ChatRenderer chats = new ChatRenderer(SampleBackup.wording(SampleBackup.PROJECT));

  @Test
  void html_stays_well_formed_and_shows_the_text_as_it_is() throws Exception {
    for (Notification message : everywhere()) {
      MailRenderer.RenderedMail written = mails.render(message);
      Document page = parse(written.html());
      assertThat(page.getElementsByTagName("script").getLength()).isZero();
      assertThat(page.getElementsByTagName("img").getLength()).isZero();
      assertThat(written.html()).hasSizeLessThan(500_000).doesNotContain("onerror=alert(1)>");
    }
    assertThat(
            parse(mails.render(SampleBackup.failed(HOSTILE.get(2))).html())
                .getDocumentElement()
                .getTextContent())
        .contains(HOSTILE.get(2));
  }

  @Test
  void nothing_is_evaluated() {
    for (Function<String, Notification> kind : kinds()) {
      for (int i : new int[] {3, 4, 5}) {
        MailRenderer.RenderedMail written = mails.render(kind.apply(HOSTILE.get(i)));
        assertThat(written.subject() + written.text() + chats.apply(kind.apply(HOSTILE.get(i))))
            .contains(HOSTILE.get(i))
            .doesNotContain("49");
      }
    }
  }

  @Test
  void subject_and_title_are_one_bounded_line_without_control_characters() {
    for (Notification message : everywhere()) {
      String subject = mails.render(message).subject();
      ChatText chat = chats.apply(message);
      for (String line : List.of(subject, chat.title())) {
        assertThat(line)
            .hasSizeLessThanOrEqualTo(180)
            .doesNotContainPattern("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]")
            .doesNotContainPattern("[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])");
      }
      assertThat(chat.text()).hasSizeLessThanOrEqualTo(40_000);
    }
  }

  @Test
  void texts_are_bounded_and_hold_no_sign_that_turns_or_hides_others() {
    for (Notification message : everywhere()) {
      String text = mails.render(message).text();
      assertThat(text)
          .hasSizeLessThan(100_000)
          .doesNotContainPattern("[\\u0000-\\u0008\\u000B-\\u001F\\u202A-\\u202E\\u2066-\\u2069]")
          .doesNotContain("\n\n\n");
      assertThat(text.lines().filter(line -> line.startsWith("Bcc:")).count()).isLessThan(2);
    }
  }

  @Test
  void letters_of_other_languages_survive() {
    for (Function<String, Notification> kind : kinds()) {
      MailRenderer.RenderedMail written = mails.render(kind.apply(HOSTILE.get(11)));
      assertThat(written.text().replaceAll("\\s+", " "))
          .contains("Größe überschritten: Änderung, ß, ж, 漢字");
      assertThat(written.html()).contains("Größe überschritten: Änderung, ß, ж, 漢字");
    }
  }

  @Test
  void a_megabyte_is_cut() throws Exception {
    for (String text : List.of("x".repeat(1_000_000), "<\n".repeat(500_000))) {
      MailRenderer.RenderedMail written = mails.render(SampleBackup.failed(text));
      assertThat(written.text()).hasSizeLessThan(5_000);
      assertThat(written.html()).hasSizeLessThan(20_000);
      parse(written.html());
    }
  }

  static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static List<Notification> everywhere() {
    List<Notification> messages = new ArrayList<>();
    for (Function<String, Notification> kind : kinds()) {
      HOSTILE.forEach(text -> messages.add(kind.apply(text)));
    }
    return messages;
  }

  /** Every place where a message carries somebody else's text. */
  public static List<Function<String, Notification>> kinds() {
    return List.of(
        SampleBackup::failed,
        text -> SampleBackup.warning(text, text),
        SampleBackup::described,
        SampleBackup::parked,
        text -> new SampleDigests().failed("shop", "backup-error", text).made(),
        text ->
            new SampleDigests()
                .failed("shop", "backup-error", text)
                .failed("blog", "backup-error", text)
                .made());
  }
}
