package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.archive.format.ArchiveReader;
import io.github.camelakeeba.archive.format.EntrySink;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.bus.SftpServer;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.keep.LocatedArchive;
import io.github.camelakeeba.keep.LocatedArchive.Place;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive is read from where it lies: here, at an endpoint, or on its site. */
class ArchivesAreLocatedTest {
  @TempDir Path folder;
  private RunningProduct product;
  private SimulatedSite shop;

  @BeforeEach
  void open() {
    product = new RunningProduct(folder);
    shop =
        product
            .server()
            .joomla("shop")
            .secret(RunningProduct.SECRET)
            .steps(3)
            .parts(2)
            .size(300_000);
  }

  @AfterEach
  void close() throws Exception {
    product.close();
    assertThat(shop.violations()).isEmpty();
  }

  private LocatedArchive find(String id) {
    return product
        .service()
        .archives()
        .find(product.service().configuration().sites().get("shop"), id);
  }

  private static List<String> checksums(LocatedArchive archive) throws Exception {
    return ArchiveReader.read(archive.source(), List.of(), ReadProgress.NONE, EntrySink.NONE)
        .checksums();
  }

  private Exchange extract(String body, String... variables) {
    return product
        .service()
        .context()
        .createProducerTemplate()
        .request(
            "direct:backup-extract",
            exchange -> {
              exchange.getMessage().setBody(body);
              for (int i = 0; i < variables.length; i += 2) {
                exchange.setVariable(variables[i], variables[i + 1]);
              }
            });
  }

  @Test
  void in_the_folder_while_it_is_there_and_then_on_the_site() throws Exception {
    product.site("shop", shop.url(), "download: {to: archives}").start();
    Event first = product.backup("shop");
    Event second = product.backup("shop");

    LocatedArchive home = find(first.data().backupid());
    assertThat(home.place()).isEqualTo(Place.FOLDER);
    assertThat(home.source().size()).isEqualTo(300_000);
    assertThat(find(String.valueOf(first.data().recordId())).backupid())
        .isEqualTo(first.data().backupid());
    assertThat(find("latest").backupid()).isEqualTo(second.data().backupid());
    List<String> before = checksums(home);

    Files.delete(folder.resolve("archives").resolve(first.data().archive()));
    LocatedArchive there = find(first.data().backupid());

    assertThat(there.place()).isEqualTo(Place.SITE);
    assertThat(there.source().name()).isEqualTo(first.data().archive());
    assertThat(checksums(there)).isEqualTo(before).hasSize(2);
    assertThatThrownBy(() -> find("id-never"))
        .hasMessageContaining("no archive of the backup 'id-never' of shop here");
  }

  @Test
  void at_an_endpoint_that_is_a_folder() throws Exception {
    product
        .site("shop", shop.url(), "download: {to: \"file:" + folder.resolve("vault") + "\"}")
        .start();
    Event outcome = product.backup("shop");
    assertThat(outcome.data().error()).isNull();

    LocatedArchive vault = find("latest");

    assertThat(vault.place()).isEqualTo(Place.ENDPOINT);
    assertThat(checksums(vault)).hasSize(2).isEqualTo(checksums(vault));
    assertThat(folder.resolve("vault").resolve(outcome.data().archive())).exists();
    Files.delete(folder.resolve("vault").resolve(outcome.data().archive()));
    assertThatThrownBy(() -> checksums(vault))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageEndingWith("/" + outcome.data().archive());
  }

  @Test
  void at_an_sftp_server_whose_password_no_failure_tells() throws Exception {
    Path vault = Files.createDirectories(folder.resolve("vault"));
    try (SftpServer sftp = SftpServer.start(vault)) {
      String uri =
          "sftp://%s@%s/{site}?password=%s&strictHostKeyChecking=no&knownHostsFile=%s"
              .formatted(
                  SftpServer.USER, sftp.address(), SftpServer.PASSWORD, folder.resolve("hosts"));
      product.site("shop", shop.url(), "download: {to: \"" + uri + "\"}").start();
      Event outcome = product.backup("shop");
      assertThat(outcome.data().error()).isNull();

      Exchange answer =
          extract(product.service().beans().json().write(outcome), "backup-to", "test/{site}");

      assertThat(answer.getException()).isNull();
      JsonNode extracted = new ObjectMapper().readTree(answer.getMessage().getBody(String.class));
      assertThat(extracted.path("from").asText()).startsWith("sftp://" + sftp.address());
      assertThat(folder.resolve("test/shop/installation/sql/site.sql")).exists();
      assertThat(vault.resolve("shop").resolve(outcome.data().archive())).exists();

      sftp.stop();
      Exchange down = extract("", "backup-site", "shop", "backup-to", "test/again");
      assertThat(down.getException())
          .hasMessageContaining("sftp://" + sftp.address() + "/shop/")
          .hasMessageContaining("can't be read")
          .hasMessageNotContaining(SftpServer.PASSWORD);
    }
  }

  @Test
  void a_message_says_which_and_never_where_to() throws Exception {
    product.site("shop", shop.url()).start();
    product.backup("shop");

    assertThat(extract("{\"site\":\"shop\",\"record\":1,\"to\":\"evil\"}").getException())
        .hasMessageContaining("'to' must name the folder");
    assertThat(extract("{\"site\":\"nobody\"}", "backup-to", "x").getException())
        .hasMessageContaining("no site of this name");
    assertThat(extract("{\"site\":\"shop\",\"record\":\"../1\"}", "backup-to", "x").getException())
        .hasMessageContaining("'record' must be the number");
    assertThat(extract("{\"site\":\"shop\"}", "backup-to", "x", "backup-only", "[").getException())
        .hasMessageContaining("'[' is no pattern");
    assertThat(
            extract("{\"site\":\"shop\"}", "backup-to", "x", "backup-max-size", "1").getException())
        .hasMessageContaining("more than 1 bytes");
    assertThat(folder.resolve("evil")).doesNotExist();
  }

  /** The example of the page, as it stands there but for the folder. */
  @Test
  void the_test_site_of_the_page_is_refreshed_from_each_good_backup() throws Exception {
    List<String> examples =
        Pattern.compile("(?s)```yaml\n(.*?)```")
            .matcher(Files.readString(Path.of("docs/how-to/extract-an-archive.md")))
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    Path test = folder.resolve("www/test");
    Path local = Files.createDirectories(folder.resolve("routes/local"));
    Files.writeString(
        local.resolve("refresh-test-site.camel.yaml"),
        examples.get(1).replace("/srv/www/test", test.toString()));
    product.site("shop", shop.url()).yaml(examples.get(0)).start();

    product.backup("shop");
    await()
        .atMost(RunningProduct.PATIENCE)
        .untilAsserted(() -> assertThat(test.resolve("installation/sql/site.sql")).exists());
    await().atMost(RunningProduct.PATIENCE).until(() -> !journals(test));

    assertThat(test.resolve("configuration.php")).doesNotExist();
  }

  private static boolean journals(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(".extract"));
    }
  }
}
