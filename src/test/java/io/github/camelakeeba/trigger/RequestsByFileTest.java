package io.github.camelakeeba.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.observe.LogLines;
import io.github.camelakeeba.product.RunningProduct;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file in a folder starts a backup, or is put aside with a reason. */
@Tag("process")
class RequestsByFileTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static RunningProduct product;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    product.site(
        "shop", product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1).url());
    Files.createDirectories(inbox("many"));
    for (int i = 0; i < 50; i++) {
      Files.writeString(inbox("many").resolve("f" + i), "shop");
    }
    product
        .yaml(
            """
            triggers:
              - {name: plain, from: "file:%1$s/plain", deadLetter: "file:%1$s/letters?fileName=letter.txt"}
              - {name: own, from: "file:%1$s/own?move=taken&moveFailed=wrong"}
              - {name: empty, from: "file:%1$s/empty", site: shop}
              - {name: odd, from: "file:%1$s/odd"}
              - {name: stuck, from: "file:%1$s/stuck?move=%1$s/kept/${file:name}"}
              - {name: many, from: "file:%1$s/many", coalesce: false}
            """
                .formatted(folder))
        .start();
  }

  @AfterAll
  static void stop() throws IOException {
    product.close();
  }

  /** What this trigger watches. */
  private static Path inbox(String trigger) {
    return folder.resolve(trigger);
  }

  /** So many runs it has asked for. */
  private static int runs(String trigger) {
    return product
        .jdbc()
        .queryForObject(
            "select count(distinct run) from request where id like ?",
            Integer.class,
            "file:" + trigger + "/%");
  }

  @Test
  void a_good_one_is_moved_to_done_and_a_bad_one_to_refused_and_to_the_dead_letter()
      throws Exception {
    Path inbox = inbox("plain");
    Files.writeString(inbox.resolve("bad"), "{\"site\":\"shpo\"}");
    Files.writeString(inbox.resolve("good"), "shop\n");
    try (RandomAccessFile huge = new RandomAccessFile(inbox.resolve("huge").toFile(), "rw")) {
      huge.setLength(1L << 32); // it would not fit into memory
    }
    await().atMost(SOON).until(() -> Files.exists(inbox.resolve("done/good")));
    await().atMost(SOON).until(() -> Files.exists(inbox.resolve("refused/huge")));
    await().atMost(SOON).until(() -> Files.exists(inbox.resolve("refused/bad")));
    assertThat(runs("plain")).isEqualTo(1);
    assertThat(folder.resolve("letters/letter.txt")).exists();
    assertThat(List.of(inbox.toFile().list())).containsExactlyInAnyOrder("done", "refused");
  }

  /** Its name is a stranger's: it is one line of the log, and no expression. */
  @Test
  void a_hostile_name_is_moved_as_it_is_and_written_into_one_line() throws Exception {
    Path inbox = inbox("plain");
    String name = "${file:parent}{{env:HOME}}\n2026-11-26 ERROR all is lost";
    try (LogLines lines = LogLines.of("backup-trigger")) {
      Files.writeString(inbox.resolve(name), "nowhere");
      await().atMost(SOON).until(() -> Files.exists(inbox.resolve("refused").resolve(name)));
      assertThat(lines.containing("all is lost"))
          .singleElement()
          .extracting(line -> line.getMessage().getFormattedMessage())
          .isEqualTo(
              "trigger plain: refused ${file:parent}{{env:HOME}} 2026-11-26 ERROR all is lost:"
                  + " there is no site 'nowhere' in sites.yaml as it was last read");
    }
  }

  @Test
  void where_the_user_says_it_is_moved() throws Exception {
    Files.writeString(inbox("own").resolve("a"), "shop");
    Files.writeString(inbox("own").resolve("b"), "nowhere");
    await().atMost(SOON).until(() -> Files.exists(inbox("own").resolve("taken/a")));
    await().atMost(SOON).until(() -> Files.exists(inbox("own").resolve("wrong/b")));
  }

  @Test
  void an_empty_one_means_the_default_site() throws Exception {
    Files.createFile(inbox("empty").resolve("now"));
    await().atMost(SOON).until(() -> Files.exists(inbox("empty").resolve("done/now")));
    assertThat(runs("empty")).isEqualTo(1);
  }

  @Test
  @Tag("fault")
  void a_link_a_pipe_and_an_empty_file_are_refused_and_cost_a_good_one_nothing() throws Exception {
    Path inbox = inbox("odd");
    Path outside = Files.writeString(folder.resolve("outside"), "shop");
    try (LogLines lines = LogLines.of("backup-trigger", InboxFilter.class.getName())) {
      Files.createFile(inbox.resolve("a-empty"));
      assertThat(new ProcessBuilder("mkfifo", inbox.resolve("a-pipe").toString()).start().waitFor())
          .isZero();
      Files.createSymbolicLink(inbox.resolve("a-link"), outside);
      Files.createSymbolicLink(inbox.resolve("a-loose-link"), folder.resolve("nowhere"));
      Files.writeString(inbox.resolve("z-good"), "shop");
      await().atMost(SOON).until(() -> Files.exists(inbox.resolve("done/z-good")));
      for (String name : List.of("a-empty", "a-pipe", "a-link")) {
        await()
            .atMost(SOON)
            .until(
                () ->
                    Files.exists(
                        inbox.resolve("refused").resolve(name), LinkOption.NOFOLLOW_LINKS));
      }
      assertThat(lines.containing("a-link"))
          .extracting(line -> line.getMessage().getFormattedMessage())
          .contains("trigger odd: refused a-link: it is a symbolic link, and no link is followed");
      assertThat(lines.containing("a-pipe")).hasSize(1);
      assertThat(lines.containing("a-empty")).hasSize(1);
      assertThat(lines.containing("a-loose-link")).hasSize(1);
    }
    assertThat(outside).hasContent("shop");
    assertThat(runs("odd")).isEqualTo(1);
  }

  @Test
  @Tag("fault")
  void a_name_that_cannot_be_said_is_told_once() throws Exception {
    Path inbox = inbox("odd");
    try (LogLines lines = LogLines.of(InboxFilter.class.getName())) {
      String command = "printf shop > \"$0/$(printf 'caf\\351')\"";
      assertThat(new ProcessBuilder("sh", "-c", command, inbox.toString()).start().waitFor())
          .isZero();
      await().atMost(SOON).until(() -> !lines.containing("caf").isEmpty());
      await()
          .during(Duration.ofSeconds(2))
          .atMost(SOON)
          .until(() -> lines.containing("caf").size() == 1);
      assertThat(lines.containing("caf").get(0).getMessage().getFormattedMessage())
          .startsWith("trigger odd: the file caf")
          .contains(" has a name that can't be said in the encoding of file names; it stays");
    }
  }

  @Test
  void one_that_is_still_written_is_left_alone() throws Exception {
    Path slow = Files.writeString(folder.resolve("still-written"), "sh");
    // ahead of the clock: by its time alone it would never count as written a while ago
    Files.setLastModifiedTime(slow, FileTime.from(Instant.now().plusSeconds(3600)));
    AtomicLong millis = new AtomicLong();
    InboxFilter filter =
        new InboxFilter("slow", null, true, () -> TimeUnit.MILLISECONDS.toNanos(millis.get()));
    GenericFile<File> file = new GenericFile<>();
    file.setFile(slow.toFile());
    assertThat(filter.accept(file)).isFalse();
    millis.addAndGet(900);
    assertThat(filter.accept(file)).isFalse();
    Files.writeString(slow, "shop");
    Files.setLastModifiedTime(slow, FileTime.from(Instant.now().plusSeconds(7200)));
    millis.addAndGet(900);
    assertThat(filter.accept(file)).isFalse();
    millis.addAndGet(900);
    assertThat(filter.accept(file)).isFalse();
    millis.addAndGet(100);
    assertThat(filter.accept(file)).isTrue();
  }

  @Test
  void one_whose_row_is_written_is_the_same_run_when_it_could_not_be_moved() throws Exception {
    Path kept = folder.resolve("kept");
    Files.writeString(kept, "a file where the folder should be");
    Files.writeString(inbox("stuck").resolve("a"), "shop");
    await().atMost(SOON).until(() -> runs("stuck") == 1);
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofSeconds(5))
        .until(() -> runs("stuck") == 1);
    assertThat(product.jdbc().queryForList("select id from request where id like 'file:stuck/a/%'"))
        .hasSize(1);
    assertThat(List.of(inbox("stuck").toFile().list())).contains("a");
    Files.delete(kept);
    await().atMost(SOON).until(() -> Files.exists(kept.resolve("a")));
    assertThat(runs("stuck")).isEqualTo(1);
  }

  /** A nudge to claim that was discarded took with it that the file is to be moved. */
  @Test
  void of_many_at_once_each_is_moved() {
    await().atMost(SOON).until(() -> runs("many") == 50);
    await().atMost(SOON).until(() -> inbox("many").resolve("done").toFile().list().length == 50);
  }
}
