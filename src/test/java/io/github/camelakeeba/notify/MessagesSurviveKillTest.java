package io.github.camelakeeba.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What was not told when the process was killed is told by the next one, with the same id. */
@Tag("process")
@Tag("fault")
@DisabledOnOs(OS.WINDOWS)
class MessagesSurviveKillTest {
  @TempDir Path folder;

  @Test
  void all_are_sent_after_kill_9_and_none_twice_but_what_was_sent_and_not_yet_noted()
      throws Exception {
    try (WebhookReceiver web = new WebhookReceiver();
        RunningProduct product = new RunningProduct(folder).durable().api()) {
      web.answer("/down", 500);
      for (String name : List.of("a", "b")) {
        SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET).steps(2);
        product.site(name, site.url());
      }
      product
          .yaml(
              """
              limits: {perHost: 5}
              channels:
                well: {type: webhook, url: "%s"}
                unheard: {type: webhook, url: "%s"}
                down: {type: webhook, url: "%s"}
                daily: {type: webhook, url: "%s"}
              notify:
                - {on: completed, to: [well, unheard, down]}
                - {on: completed, to: daily, digest: 10s}
              """
                  .formatted(
                      web.url("/well"), web.url("/unheard"), web.url("/down"), web.url("/daily")))
          .configure();
      try (ChildProcess serve = new ChildProcess(folder, "serve", "--home", folder.toString())) {
        serve.backup("a");
        for (String path : List.of("/well", "/unheard")) {
          await().atMost(RunningProduct.PATIENCE).until(() -> web.taken(path).size() == 1);
        }
        // the server takes it, but its answer is never heard: killed between sending and noting
        web.answer("/unheard", WebhookReceiver.HANG);
        serve.backup("b");
        await().atMost(RunningProduct.PATIENCE).until(() -> web.taken("/well").size() == 2);
        await().atMost(RunningProduct.PATIENCE).until(() -> web.all("/unheard").size() == 2);
        await().atMost(RunningProduct.PATIENCE).until(() -> !web.all("/down").isEmpty());
        serve.kill();
      }
      web.answer("/unheard", 204).answer("/down", 204);
      product.start();
      await().atMost(RunningProduct.PATIENCE).until(() -> web.taken("/daily").size() == 1);
      await()
          .atMost(RunningProduct.PATIENCE)
          .until(() -> product.service().beans().outbox().undeliveredCount(null) == 0);

      List<String> ids = web.ids("/well").stream().distinct().toList();
      assertThat(ids).hasSize(2);
      // the first was noted before the second was sent
      assertThat(web.ids("/well").stream().filter(ids.get(0)::equals)).hasSize(1);
      assertThat(web.ids("/down")).isEqualTo(ids);
      assertThat(web.all("/unheard").stream().map(one -> one.json().path("id").asText()))
          .containsExactly(ids.get(0), ids.get(1), ids.get(1));
      assertThat(web.taken("/daily").get(0).at("/data/events").findValuesAsText("id"))
          .isEqualTo(ids);
      List<JsonNode> digests = web.taken("/daily");
      assertThat(digests).hasSize(1);
    }
  }
}
