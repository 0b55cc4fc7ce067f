package io.github.camelakeeba.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelakeeba.packaging.Distribution.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code systemd/camel-akeeba-backup.service}. */
@Tag("distribution")
class ServiceUnitTest {
  @TempDir Path folder;

  @Test
  void systemd_finds_no_fault_in_the_unit() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
        "needs systemd-analyze, of the Debian package systemd");
    Path program = Distribution.unzip(folder);
    String unit = Files.readString(program.resolve("systemd/camel-akeeba-backup.service"));
    assertThat(unit)
        .contains("ExecStart=/opt/camel-akeeba-backup/bin/camel-akeeba-backup serve\n")
        .contains(
            "ExecReload=/bin/kill -HUP $MAINPID\n", "LimitNOFILE=", "SuccessExitStatus=143\n");
    Path here = folder.resolve("camel-akeeba-backup.service");
    Files.writeString(here, unit.replace("/opt/camel-akeeba-backup", program.toString()));

    Ended verified =
        Distribution.run(
            folder, Map.of(), "systemd-analyze", "verify", "--man=no", here.toString());

    assertThat(verified.code()).as(verified.err()).isZero();
    assertThat(verified.err().lines().filter(line -> line.contains("camel-akeeba"))).isEmpty();
  }
}
