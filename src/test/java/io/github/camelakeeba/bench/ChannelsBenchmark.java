package io.github.camelakeeba.bench;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventCopies;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.notify.WebhookReceiver;
import io.github.camelakeeba.product.RunningProduct;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.util.FileUtil;

/**
 * How long channels take, with and without one that hangs, and what a digest of many outcomes
 * takes. By hand, with an optional heap limit:
 *
 * <pre>mvn -q -Pbench test -Dbench=ChannelsBenchmark -Dbench.heap=256m -Dargs="300 3 5000"</pre>
 *
 * Arguments: events a round, rounds, outcomes of the digest. A round sends the same events to five
 * channels (mail, Slack, a health check, a webhook, a file through Camel), then the same with a
 * sixth that never answers.
 */
public final class ChannelsBenchmark {
  private static final List<String> HEALTHY = List.of("mail", "chat", "ping", "hook", "file");

  private ChannelsBenchmark() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int events = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    for (int i = 0; i < rounds; i++) {
      Map<String, Long> alone = round(events, false);
      Map<String, Long> beside = round(events, true);
      System.out.printf(
          "%d events, ms a channel: %s; beside one that hangs: %s%n", events, alone, beside);
      System.out.printf(
          "the slowest %d ms, all five beside the one that hangs %d ms: %.2f times%n",
          slowest(alone), slowest(beside), (double) slowest(beside) / slowest(alone));
    }
    digest(Integer.parseInt(arguments[2]));
    System.exit(0);
  }

  private static long slowest(Map<String, Long> times) {
    return times.values().stream().max(Long::compare).orElseThrow();
  }

  private static Map<String, Long> round(int events, boolean hanging) throws Exception {
    Path folder = Files.createTempDirectory("channels");
    try (WebhookReceiver web = new WebhookReceiver();
        RunningProduct product = new RunningProduct(folder).durable()) {
      web.answer("/dead", WebhookReceiver.HANG);
      product
          .site(
              "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2).url())
          .yaml(yaml(web, folder, hanging))
          .start();
      List<OutboxEntry> posts = posts(product, events);
      long begin = System.nanoTime();
      posts.forEach(post -> product.service().beans().outbox().enqueueEntry(post));
      Map<String, Long> times = new LinkedHashMap<>();
      while (times.size() < HEALTHY.size()) {
        for (String channel : HEALTHY) {
          if (open(product, channel) == 0) {
            times.putIfAbsent(channel, (System.nanoTime() - begin) / 1_000_000);
          }
        }
      }
      check(product.smtp().getReceivedMessages().length, events);
      check(web.all("/hook").size(), events);
      check(web.all("/chat").size(), events);
      return times;
    } finally {
      FileUtil.removeDir(folder.toFile());
    }
  }

  private static String yaml(WebhookReceiver web, Path folder, boolean hanging) {
    return """
    channels:
      mail: {type: mail, smtp: "%%SMTP%%", from: b@example.com, to: [ops@example.com]}
      chat: {type: slack, url: "%s"}
      ping: {type: healthchecks, url: "%s"}
      hook: {type: webhook, url: "%s"}
      file: {type: camel, uri: "file:%s?fileName=events&fileExist=Append&appendChars=\\\\n"}
      dead: {type: webhook, url: "%s"}
    notify: [{on: completed, to: [mail, chat, ping, hook, file%s]}]
    """
        .formatted(
            web.url("/chat"),
            web.url("/ping"),
            web.url("/hook"),
            folder,
            web.url("/dead"),
            hanging ? ", dead" : "");
  }

  /** Real outcomes of the product's own making, under other names. */
  private static List<OutboxEntry> posts(RunningProduct product, int count) {
    Event sample = product.backup("shop");
    NotificationRouter recipients = new NotificationRouter(product.service().configuration());
    List<OutboxEntry> posts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Event event = EventCopies.run(sample, "bench-" + i);
      posts.add(new OutboxEntry(event, recipients.recipientsOf(event, false, Instant.now())));
    }
    return posts;
  }

  private static int open(RunningProduct product, String channel) {
    return product
        .jdbc()
        .queryForObject(
            "select count(*) from outbox where channel = ? and delivered_at is null",
            Integer.class,
            channel);
  }

  private static void check(int found, int wanted) {
    if (found < wanted) {
      throw new IllegalStateException(found + " instead of " + wanted);
    }
  }

  private static void digest(int outcomes) throws Exception {
    Path folder = Files.createTempDirectory("digest");
    try (WebhookReceiver web = new WebhookReceiver();
        RunningProduct product = new RunningProduct(folder).durable()) {
      product
          .site(
              "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2).url())
          .yaml(
              """
              channels:
                mail: {type: mail, smtp: "%%SMTP%%", from: b@example.com, to: [ops@example.com]}
                hook: {type: webhook, url: "%s"}
              notify:
                - {on: completed, to: mail, digest: 10s}
                - {on: completed, to: hook}
              """
                  .formatted(web.url("/hook")))
          .start();
      List<OutboxEntry> posts = posts(product, outcomes);
      long begin = System.nanoTime();
      posts.forEach(post -> product.service().beans().outbox().enqueueEntry(post));
      long written = System.nanoTime();
      while (open(product, "mail") + open(product, "hook") > 0) {
        Thread.onSpinWait();
      }
      long told = System.nanoTime();
      long ids = web.ids("/hook").stream().distinct().count();
      System.out.printf(
          "%d outcomes written in %.1f s, all told after %.1f s: %d webhooks, %d mails of %d bytes; in a heap of %d MiB%n",
          outcomes,
          (written - begin) / 1e9,
          (told - begin) / 1e9,
          ids,
          product.smtp().getReceivedMessages().length,
          product
              .smtp()
              .getReceivedMessages()[product.smtp().getReceivedMessages().length - 1]
              .getSize(),
          Runtime.getRuntime().maxMemory() >> 20);
      check((int) ids, outcomes);
    } finally {
      FileUtil.removeDir(folder.toFile());
    }
  }
}
