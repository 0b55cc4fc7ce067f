package io.github.camelakeeba.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMailUtil;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.product.QuickTimings;
import io.github.camelakeeba.product.RunningProduct;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has one cause comes in one message, which names every site; machines get each event. */
@Tag("slow")
@Tag("fault")
class CommonCauseTest {
  private static final int SITES = 60;

  /** So far apart are the mails of a storm in these tests, which gather for 1 s. */
  private static final long LEAST_SECONDS = 25;

  @TempDir Path folder;

  private final List<String> names =
      IntStream.rangeClosed(1, SITES).mapToObj(i -> "shop-%02d".formatted(i)).toList();

  private WebhookReceiver web;
  private RunningProduct product;

  @BeforeEach
  void start() throws IOException {
    web = new WebhookReceiver();
    product =
        new RunningProduct(folder)
            .durable()
            .timings(QuickTimings.QUICK.with(Map.of("maxGatherPauses", LEAST_SECONDS)));
    product.yaml(
        """
        limits: {perHost: 20}
        channels:
          ops: {type: mail, smtp: "%%SMTP%%", from: b@example.com, to: [ops@example.com]}
          hook: {type: webhook, url: "%s"}
        notify: [{on: [failed, missed, recovered], to: [ops, hook]}]
        """
            .formatted(web.url("/hook")));
  }

  @AfterEach
  void stop() throws IOException {
    product.close();
    web.close();
  }

  @Test
  void when_the_network_is_gone_one_mail_lists_all_sites_that_failed() throws Exception {
    for (String name : names) {
      product.site(name, URI.create("http://127.0.0.1:9/remote.php"));
    }
    product.start();
    names.forEach(product::request);
    MimeMessage mail = only();

    assertThat(mail.getSubject()).contains(SITES + " failed");
    assertThat(GreenMailUtil.getWholeMessage(mail)).contains(names);
    assertThat(web.states("/hook")).hasSize(SITES).containsOnly("failed");
    assertThat(web.ids("/hook")).doesNotHaveDuplicates();
  }

  @Test
  void after_our_own_downtime_one_mail_lists_all_sites_that_are_overdue() throws Exception {
    for (String name : names) {
      product.site(name, URI.create("http://127.0.0.1:9/remote.php"), "overdueAfter: 1s");
    }
    // they are written one by one, and the first waits for twice as long at most
    product.property("backup.outbox.gather = 3s").start();
    MimeMessage mail = only();

    assertThat(mail.getSubject()).contains(SITES + " missed");
    assertThat(GreenMailUtil.getWholeMessage(mail)).contains(names);
  }

  @Test
  void a_few_failures_are_a_mail_each() throws Exception {
    for (String name : names.subList(0, 4)) {
      product.site(name, URI.create("http://127.0.0.1:9/remote.php"));
    }
    product.start();
    names.subList(0, 4).forEach(product::request);
    await().atMost(RunningProduct.PATIENCE).until(() -> mails().size() == 4);
    assertThat(mails()).allMatch(subject -> subject.startsWith("[failed] shop-0"));
  }

  @Test
  void a_storm_that_goes_on_makes_no_further_mail_for_a_while_and_nothing_is_lost()
      throws Exception {
    for (String name : names) {
      product.site(name, URI.create("http://127.0.0.1:9/remote.php"));
    }
    product.start();
    Instant begin = Instant.now();
    names.subList(0, 50).forEach(product::request);
    only();
    names.subList(50, SITES).forEach(product::request);
    await().atMost(RunningProduct.PATIENCE).until(() -> web.taken("/hook").size() == SITES);
    assertThat(mails()).hasSize(1);
    await().atMost(RunningProduct.PATIENCE).until(() -> mails().size() == 2);
    assertThat(Instant.now()).isAfter(begin.plusSeconds(LEAST_SECONDS));
    assertThat(mails().get(1)).contains("10 failed");
  }

  @Test
  void what_is_missed_is_told_within_15_s_also_when_it_is_many() throws Exception {
    try (RunningProduct other = new RunningProduct(folder.resolve("other"))) {
      for (String name : names) {
        other.site(name, URI.create("http://127.0.0.1:9/remote.php"), "overdueAfter: 1s");
      }
      other
          .timings(Timings.SHIPPED)
          .property("backup.outbox.gather = 5s") // as it is shipped
          .yaml(
              """
              channels: {ops: {type: mail, smtp: "%SMTP%", from: b@example.com, to: [ops@example.com]}}
              notify: [{on: missed, to: ops}]
              """)
          .start();
      Instant due = Instant.now().plusSeconds(1);
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> other.smtp().getReceivedMessages().length > 0);
      assertThat(Instant.now()).isBefore(due.plusSeconds(15));
      assertThat(other.smtp().getReceivedMessages()[0].getSubject()).contains(SITES + " missed");
    }
  }

  private List<String> mails() {
    return Arrays.stream(product.smtp().getReceivedMessages())
        .map(
            mail -> {
              try {
                return mail.getSubject();
              } catch (MessagingException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  @Test
  void one_failure_by_itself_is_a_mail_of_its_own() throws Exception {
    product.site("shop", URI.create("http://127.0.0.1:9/remote.php")).start();
    product.backup("shop");
    assertThat(only().getSubject()).startsWith("[failed] shop");
  }

  private MimeMessage only() {
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> product.smtp().getReceivedMessages().length > 0);
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(() -> product.service().beans().outbox().undeliveredCount(null) == 0);
    assertThat(product.smtp().getReceivedMessages()).hasSize(1);
    return product.smtp().getReceivedMessages()[0];
  }
}
