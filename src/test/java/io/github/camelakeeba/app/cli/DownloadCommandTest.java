package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive comes home by one command, and by a second one where the first was cut off. */
@Tag("process")
class DownloadCommandTest {
  private static final long MORE_THAN_AN_INT = (1L << 31) + 50_000_000; // bytes

  @TempDir Path home;
  private final SimulatedServer server = SimulatedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private SimulatedSite shop(long size) {
    SimulatedSite shop = server.joomla("shop").secret(RunningProduct.SECRET).size(size);
    shop.pastBackups(1);
    return shop;
  }

  @Test
  void tells_where_it_is_and_what_was_seen_of_it() throws Exception {
    SimulatedSite shop = shop(3_000_000);
    Program program = new Program(home).site("shop", shop.url());

    Program.Ended download = program.run("download", "shop", "1");

    assertThat(download.code()).isZero();
    assertThat(download.out())
        .contains("the archive of backup 1 is in " + home.resolve("archives/shop") + ", 3.0 MB")
        .containsPattern("[0-9a-f]{64}  site-.*\\.jpa")
        .contains("read from its first byte to its last");
    assertThat(download.err()).contains("100 %  3.0 MB of 3.0 MB");

    Program.Ended json =
        program.run("download", "shop", "1", "--json", "--to", home.resolve("x").toString());
    assertThat(json.err()).isEmpty();
    JsonNode pulled = new ObjectMapper().readTree(json.out());
    assertThat(pulled.path("readable").asBoolean()).isTrue();
    assertThat(pulled.at("/files/0/size").asLong()).isEqualTo(3_000_000);
    assertThat(pulled.at("/files/0/sha256").asText()).hasSize(64);
  }

  @Test
  void one_that_can_not_be_walked_is_a_warning_and_one_that_breaks_a_failure() throws Exception {
    SimulatedSite shop = shop(300_000);
    Program program = new Program(home).site("shop", shop.url());
    shop.kind("jps").pastBackups(1);

    Program.Ended unread = program.run("download", "shop", "2");
    assertThat(unread.code()).isEqualTo(ExitCode.WARNING);
    assertThat(unread.out())
        .contains(
            "warning: not all of it was checked: its structure was checked to the last byte, but its contents were not: they are encrypted");

    shop.fault(Fault.downloadResizedBy(1));
    Program.Ended broken = program.run("download", "shop", "1");
    assertThat(broken.code()).isEqualTo(ExitCode.FAILED);
    assertThat(broken.err()).contains("shop: verification: The file site-", "is longer than");
  }

  /** A child with a heap of 64 MiB, which a file of 2 GiB would not fit into. */
  @Test
  void more_than_two_gibibytes_need_no_memory_and_a_killed_download_goes_on() throws Exception {
    SimulatedSite shop = shop(MORE_THAN_AN_INT);
    shop.fault(Fault.downloadCutAt(MORE_THAN_AN_INT - 40_000_000))
        .fault(Fault.on("download").nth(5).times(1000).delayAnswer(java.time.Duration.ofHours(1)));
    new Program(home).site("shop", shop.url());
    // the better compiler: checksums of so much take minutes without it
    List<String> small = List.of("env", "_JAVA_OPTIONS=-Xmx64m -XX:TieredStopAtLevel=4");
    String[] command = {"download", "shop", "1", "--home", home.toString()};
    try (ChildProcess first = new ChildProcess(home, small, command)) {
      org.awaitility.Awaitility.await()
          .atMost(RunningProduct.PATIENCE.multipliedBy(5)) // so much has to be written first
          .until(() -> shop.requests("download").size() >= 5);
      first.kill();
    }
    long half;
    try (var files = Files.list(home.resolve("archives/shop"))) {
      half =
          files
              .filter(file -> file.toString().endsWith(".part"))
              .findFirst()
              .orElseThrow()
              .toFile()
              .length();
    }
    assertThat(half).isBetween(MORE_THAN_AN_INT - 41_000_000, MORE_THAN_AN_INT - 1);
    shop.clearFaults();

    try (ChildProcess second = new ChildProcess(home, small, command)) {
      assertThat(second.code(300)).as(second.err()).isZero();
      assertThat(second.out()).contains("read from its first byte to its last");
    }
    assertThat(shop.requests("downloadDirect")).hasSize(1);
  }
}
