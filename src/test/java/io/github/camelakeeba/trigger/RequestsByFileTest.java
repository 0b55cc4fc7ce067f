package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.Product;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in a folder starts a backup, or is put aside with a reason. */
class RequestsByFileTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Path inbox;
  private Product product;

  @BeforeEach
  void start() throws IOException {
    inbox = Files.createDirectories(folder.resolve("inbox"));
    product = new Product(folder);
    product.site("shop", product.server().joomla("shop").secret(Product.SECRET).steps(1).url());
  }

  @AfterEach
  void stop() throws IOException {
    product.close();
  }

  private void start(String options) throws Exception {
    product.yaml("triggers: [{from: \"file:%s%s}]\n".formatted(inbox, options)).start();
  }

  private int runs() {
    return product.jdbc().queryForObject("select count(*) from run", Integer.class);
  }

  @Test
  void a_good_one_is_moved_to_done_and_a_bad_one_to_refused_and_to_the_dead_letter()
      throws Exception {
    Path letters = folder.resolve("letters");
    start("\", deadLetter: \"file:%s?fileName=letter.txt".formatted(letters) + "\"");
    Files.writeString(inbox.resolve("bad"), "{\"site\":\"shpo\"}");
    Files.writeString(inbox.resolve("good"), "shop\n");
    try (RandomAccessFile huge = new RandomAccessFile(inbox.resolve("huge").toFile(), "rw")) {
      huge.setLength(1L << 32); // it would not fit into memory
    }
    await().atMost(SOON).until(() -> Files.exists(inbox.resolve("done/good")));
    await().atMost(SOON).until(() -> Files.exists(inbox.resolve("refused/huge")));
    await().atMost(SOON).until(() -> Files.exists(inbox.resolve("refused/bad")));
    assertThat(runs()).isEqualTo(1);
    assertThat(letters.resolve("letter.txt")).exists();
    assertThat(Files.list(inbox).map(Path::getFileName).map(Path::toString).toList())
        .containsExactlyInAnyOrder("done", "refused");
  }

  @Test
  void where_the_user_says_it_is_moved() throws Exception {
    start("?move=taken&moveFailed=wrong\"");
    Files.writeString(inbox.resolve("a"), "shop");
    Files.writeString(inbox.resolve("b"), "nowhere");
    await().atMost(SOON).until(() -> Files.exists(inbox.resolve("taken/a")));
    await().atMost(SOON).until(() -> Files.exists(inbox.resolve("wrong/b")));
  }

  @Test
  void an_empty_one_means_the_default_site() throws Exception {
    start("\", site: shop");
    Files.createFile(inbox.resolve("now"));
    await().atMost(SOON).until(() -> Files.exists(inbox.resolve("done/now")));
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void one_that_is_still_written_is_left_alone() throws Exception {
    start("\"");
    Path slow = inbox.resolve("slow");
    await()
        .pollInterval(Duration.ofMillis(200))
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> {
              Files.writeString(
                  slow,
                  " ",
                  java.nio.file.StandardOpenOption.CREATE,
                  java.nio.file.StandardOpenOption.APPEND);
              return runs() == 0 && !Files.exists(inbox.resolve("refused"));
            });
    Files.writeString(slow, "shop");
    await().atMost(SOON).until(() -> Files.exists(inbox.resolve("done/slow")));
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void one_whose_row_is_written_is_the_same_run_when_it_could_not_be_moved() throws Exception {
    Path done = folder.resolve("done");
    Files.writeString(done, "a file where the folder should be");
    start("?move=%s/${file:name}\"".formatted(done));
    Files.writeString(inbox.resolve("a"), "shop");
    await().atMost(SOON).until(() -> runs() == 1);
    String request = product.jdbc().queryForObject("select id from request", String.class);
    assertThat(request).startsWith("file:trigger-1/a/");
    await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(5)).until(() -> runs() == 1);
    assertThat(product.jdbc().queryForList("select id from request")).hasSize(1);
    assertThat(List.of(inbox.toFile().list())).contains("a");
    Files.delete(done);
    await().atMost(SOON).until(() -> Files.exists(done.resolve("a")));
    assertThat(runs()).isEqualTo(1);
  }

  /** A nudge to claim that was discarded took with it that the file is to be moved. */
  @Test
  void of_many_at_once_each_is_moved() throws Exception {
    for (int i = 0; i < 50; i++) {
      Files.writeString(inbox.resolve("f" + i), "shop");
    }
    start("\", coalesce: false");
    await().atMost(SOON).until(() -> runs() == 50);
    await().atMost(SOON).until(() -> inbox.resolve("done").toFile().list().length == 50);
  }
}
