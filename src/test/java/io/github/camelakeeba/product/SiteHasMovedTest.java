package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The url in sites.yaml is changed while a backup is under way: it is not gone on with elsewhere.
 */
@Tag("process")
@Tag("fault")
class SiteHasMovedTest {
  private static final String TOKEN = "U2FtcGxlLUpvb21sYS10b2tlbi1mb3ItdGVzdHM=";

  @TempDir Path folder;
  private RunningProduct product;
  private SimulatedSite shop;
  private SimulatedSite other;

  @BeforeEach
  void open() {
    product = new RunningProduct(folder).durable();
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
    other = product.server().joomla("other").secret(RunningProduct.SECRET).steps(3);
  }

  @AfterEach
  void close() throws Exception {
    product.close();
  }

  @Test
  void a_run_that_was_killed_in_a_step_sends_nothing_to_the_new_address() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    shop.steps(10).fault(Fault.on("stepBackup").nth(4).holdAnswer(answer));
    product.site("shop", shop.url()).configure();
    try (ChildProcess command =
        new ChildProcess(folder, "backup", "shop", "--home", folder.toString())) {
      await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() == 4);
      command.kill();
    }
    answer.countDown();
    int sent = shop.requests().size();

    edited(shop.url().toString(), other.url().toString());
    Event outcome = product.outcome(first());

    assertThat(outcome.data().state()).isEqualTo("failed");
    assertThat(outcome.data().error().kind()).isEqualTo("configuration");
    assertThat(outcome.data().error().message())
        .startsWith("The url of shop was changed from %s to %s".formatted(shop.url(), other.url()))
        .contains("nothing was sent to the new address");
    assertThat(other.requests()).isEmpty();
    assertThat(shop.requests()).hasSize(sent);
  }

  @Test
  void what_was_not_begun_yet_takes_the_new_address() throws Exception {
    shop.steps(60).stepTime(Duration.ofMillis(100));
    product.site("shop", shop.address()).start();
    String begun = product.request("shop").id();
    String queued = product.request("{\"site\":\"shop\",\"ifBusy\":\"queue\"}").id();
    await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() > 2);
    product.stop();
    int sent = shop.requests().size();

    edited(shop.address().toString(), other.address().toString());

    assertThat(product.outcome(begun).data().error().kind()).isEqualTo("configuration");
    assertThat(product.outcome(queued).data().state()).isEqualTo("completed");
    assertThat(shop.requests()).hasSize(sent);
    assertThat(other.requests("startBackup")).hasSize(1);
    assertThat(other.violations()).isEmpty();
  }

  @Test
  void a_run_goes_on_at_the_endpoint_where_it_was_begun_also_when_another_would_be_found()
      throws Exception {
    interrupted();
    shop.access().webServices(TOKEN);
    edited("secret: ", "token: \"" + TOKEN + "\"\n    secret: ");

    assertThat(product.outcome(first()).data().state()).isEqualTo("completed");
    assertThat(shop.requests("stepBackup"))
        .extracting(RecordedRequest::path)
        .allMatch(path -> path.endsWith("/index.php") && !path.contains("/api/"));
    assertThat(shop.requests("startBackup")).hasSize(1);
  }

  @Test
  void without_its_credential_it_is_not_gone_on_with() throws Exception {
    interrupted();
    shop.access().webServices(TOKEN);
    int sent = shop.requests().size();
    edited("secret: " + RunningProduct.SECRET, "token: \"" + TOKEN + "\"");

    Event.Error error = product.outcome(first()).data().error();
    assertThat(error.kind()).isEqualTo("configuration");
    assertThat(error.message()).contains("begun over API v2, which takes the secret word");
    assertThat(shop.requests()).hasSize(sent);
  }

  private void interrupted() throws Exception {
    shop.steps(20).stepTime(Duration.ofMillis(50));
    product.site("shop", shop.address()).start();
    product.request("shop");
    await().atMost(RunningProduct.PATIENCE).until(() -> shop.requests("stepBackup").size() > 2);
    product.stop();
  }

  /** Starts with another sites.yaml. */
  private void edited(String from, String to) throws Exception {
    Path yaml = folder.resolve("config").resolve("sites.yaml");
    String text = Files.readString(yaml);
    assertThat(text).contains(from);
    Files.writeString(yaml, text.replace(from, to));
    product.startAsItIs();
  }

  private String first() {
    List<String> runs =
        product.jdbc().queryForList("select id from run order by queued_at", String.class);
    return runs.get(0);
  }
}
