package io.github.camelakeeba.notify.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.event.SampleDigests;
import io.github.camelakeeba.notify.channel.ChatRenderer;
import io.github.camelakeeba.notify.channel.MailRenderer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChatTextsTest {
  private final ChatRenderer chats = new ChatRenderer(SampleBackup.wording(SampleBackup.PROJECT));

  @Test
  void the_title_is_the_subject_of_a_mail() {
    MailRenderer mails = SampleBackup.texts(SampleBackup.PROJECT);
    for (Notification message :
        new Notification[] {
          SampleBackup.started(),
          SampleBackup.completed(),
          SampleBackup.warning("w"),
          SampleBackup.failed("f"),
          SampleBackup.failed("f").asTest(),
          SampleBackup.missed(1),
          SampleBackup.recovered(),
          SampleBackup.parked("no answer"),
          new SampleDigests().and("completed", "shop").made()
        }) {
      ChatText chat = chats.apply(message);
      assertThat(chat.title()).isEqualTo(mails.render(message).subject());
      assertThat(chat.text()).doesNotStartWith("\n").doesNotEndWith("\n");
    }
  }

  @Test
  void a_failure_has_advice_last_good_and_next_run_below_the_title() {
    Event failed =
        SampleBackup.failed("The disk is full").withSiteHealth(SampleBackup.START, null, 2);
    assertThat(chats.apply(failed).text())
        .startsWith("What to do: The site's own log")
        .contains(
            "\nAddress: https://shop.example.com:8443/index.php\nLast good: 3 s before",
            "\nFailures: 2 in a row\nNext run: 23 November 2026")
        .doesNotContain("Backup id");
  }

  @Test
  void a_reason_that_the_title_cuts_off_stands_whole_in_the_text() {
    String reason = "first line\nsecond line " + "x".repeat(400);
    assertThat(chats.apply(SampleBackup.failed(reason)).text()).startsWith(reason);
  }

  @Test
  void ten_warnings_are_enough_for_a_chat() {
    String[] warnings =
        IntStream.range(0, 62).mapToObj(i -> i + " " + "w".repeat(900)).toArray(String[]::new);
    assertThat(chats.apply(SampleBackup.warning(warnings)).text())
        .contains("- 9 www", "and 52 more")
        .doesNotContain("- 10 ")
        .hasSizeLessThan(3_000);
  }

  @Test
  void a_text_is_bounded_whatever_a_template_makes_of_it() {
    ChatText chat = new ChatText("é🚀".repeat(500_000), "é🚀".repeat(500_000));
    assertThat(chat.title()).hasSizeLessThanOrEqualTo(40_000);
    assertThat(chat.text()).hasSizeLessThanOrEqualTo(40_000);
  }
}
