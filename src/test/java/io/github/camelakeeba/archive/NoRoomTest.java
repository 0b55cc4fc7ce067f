package io.github.camelakeeba.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.app.cli.ChildProcess;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full in mid-download; a limit on the size of files plays the disk. */
@Tag("process")
@Tag("fault")
@EnabledOnOs(OS.LINUX)
class NoRoomTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final int BLOCKS = 12 * MEBIBYTE / 512;

  @TempDir Path folder;

  @Test
  void a_download_for_which_there_is_no_room_leaves_nothing_behind_and_names_site_and_run()
      throws Exception {
    try (RunningProduct product = new RunningProduct(folder).durable()) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
      shop.parts(2).size(60L * MEBIBYTE); // 30 MiB each: both break off
      product.site("shop", shop.url(), "download: {to: archives}").configure();
      List<String> limited = List.of("sh", "-c", "ulimit -S -f " + BLOCKS + "; exec \"$@\"", "sh");
      try (ChildProcess backup =
          new ChildProcess(folder, limited, "backup", "shop", "--home", folder.toString())) {
        assertThat(backup.code(180)).as(backup.err()).isEqualTo(1);
        assertThat(backup.err())
            .contains("its archive was not downloaded: ")
            .containsPattern("archives/.*\\.part can't be written: File too large");
        assertThat(backup.err().lines().filter(line -> line.contains("can't be written")))
            .filteredOn(line -> line.contains(" WARN ") || line.contains(" ERROR "))
            .isNotEmpty()
            .allMatch(line -> line.contains("[shop shop-"), "names site and run");
      }
    }
    try (Stream<Path> files = Files.list(folder.resolve("archives"))) {
      assertThat(files.filter(file -> !file.endsWith("SHA256SUMS"))).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
