package io.github.camelakeeba.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many channels hang, and there are more of them than connections to the store. */
@Tag("fault")
class ManyChannelsHangTest {
  private static final int MANY = 40;

  @TempDir Path folder;

  @Test
  void forty_channels_that_hang_at_once_hold_back_neither_a_backup_nor_another_channel()
      throws Exception {
    try (WebhookReceiver web = new WebhookReceiver();
        RunningProduct product = new RunningProduct(folder)) {
      product.site(
          "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(2).url());
      product.yaml(
          """
          channels:
            well: {type: webhook, url: "%s"}
          %s
          notify: [{on: completed, to: [%s, well]}]
          """
              .formatted(web.url("/well"), each(web, true), each(web, false)));
      product.start();
      product.backup("shop");
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> IntStream.range(0, MANY).allMatch(i -> web.all("/dead-" + i).size() == 1));

      product.backup("shop");
      await().atMost(Duration.ofSeconds(10)).until(() -> web.taken("/well").size() == 2);
      // nobody's time was over meanwhile: all of them hang still
      assertThat(IntStream.range(0, MANY)).allMatch(i -> web.all("/dead-" + i).size() == 1);
    }
  }

  private static String each(WebhookReceiver web, boolean channel) {
    return IntStream.range(0, MANY)
        .mapToObj(
            i -> {
              web.answer("/dead-" + i, WebhookReceiver.HANG);
              return channel
                  ? "  dead-%d: {type: webhook, url: \"%s\"}".formatted(i, web.url("/dead-" + i))
                  : "dead-" + i;
            })
        .collect(Collectors.joining(channel ? "\n" : ", "));
  }
}
