package io.github.camelakeeba.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelakeeba.packaging.Distribution.Ended;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package on this machine, which it leaves as it was. */
@Tag("distribution")
class DebianPackageTest {
  private static final String NAME = "camel-akeeba-backup";
  private static final Path ETC = Path.of("/etc", NAME);
  private static final Path HOME = Path.of("/var/lib", NAME);
  private static final Path UNIT = Path.of("/usr/lib/systemd/system/camel-akeeba-backup.service");
  private static final Path ENABLED =
      Path.of("/etc/systemd/system/multi-user.target.wants/camel-akeeba-backup.service");

  @TempDir Path folder;
  private boolean ours;

  @BeforeEach
  void install() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to install a package");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg")), "needs dpkg");
    assumeTrue(
        !Files.exists(HOME) && !Files.exists(ETC) && call("getent", "passwd", NAME).code() != 0,
        "the package, or what it has left, is on this machine already");
    ours = true;
    dpkg("-i", Distribution.deb().toString());
  }

  @AfterEach
  void clean() throws Exception {
    if (ours) {
      call("dpkg", "--force-all", "-P", NAME);
      call("rm", "-rf", HOME.toString());
      call("userdel", NAME);
    }
  }

  /** The Java of this test may have come without a package. */
  private void dpkg(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("dpkg", "--force-depends"));
    command.addAll(List.of(arguments));
    Ended ended = call(command.toArray(String[]::new));
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
  }

  private Ended call(String... command) throws Exception {
    return Distribution.run(Path.of("/"), Map.of(), command);
  }

  private static String rights(Path file) throws IOException {
    return Files.getOwner(file).getName()
        + " "
        + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void it_installs_runs_as_its_user_upgrades_removes_and_purges() throws Exception {
    assertThat(rights(HOME)).isEqualTo(NAME + " rwxr-x---");
    assertThat(rights(ETC)).isEqualTo(NAME + " rwxr-x---");
    assertThat(rights(ETC.resolve("sites.yaml"))).isEqualTo(NAME + " rw-r-----");
    assertThat(HOME.resolve("config").toRealPath()).isEqualTo(ETC);
    assertThat(Files.exists(ENABLED, LinkOption.NOFOLLOW_LINKS)).as("the service is on").isTrue();

    try (SimulatedServer server = SimulatedServer.start()) {
      String sites =
          "sites: {shop: {url: \"%s\", secret: %s}}\n"
              .formatted(
                  server.joomla("shop").secret(RunningProduct.SECRET).steps(3).url(),
                  RunningProduct.SECRET);
      Files.writeString(ETC.resolve("sites.yaml"), sites);
      commandsWorkForTheService();
      theUnitsCommandServes();

      dpkg("-i", newer().toString());
      assertThat(ETC.resolve("sites.yaml")).hasContent(sites);
      assertThat(HOME.resolve("data/backup.mv.db")).exists();
      assertThat(Files.exists(ENABLED, LinkOption.NOFOLLOW_LINKS)).isTrue();
      assertThat(call("/usr/bin/camel-akeeba-backup", "status").out()).contains("completed");
    }

    dpkg("-r", NAME);
    assertThat(Path.of("/usr/bin/camel-akeeba-backup")).doesNotExist();
    assertThat(Path.of("/usr/share", NAME)).doesNotExist();
    assertThat(HOME.resolve("data/backup.mv.db")).exists();
    assertThat(ETC.resolve("sites.yaml")).exists();

    Path archive = Files.createDirectories(HOME.resolve("archives/shop")).resolve("shop.jpa");
    Files.writeString(archive, "the only one");
    dpkg("-P", NAME);
    assertThat(ETC).doesNotExist();
    assertThat(Files.exists(ENABLED, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(HOME).isDirectoryNotContaining(file -> !file.endsWith("archives"));
    assertThat(archive).as("nothing else may have it any more").exists();
  }

  private void commandsWorkForTheService() throws Exception {
    Ended backup = call("/usr/bin/camel-akeeba-backup", "backup", "shop");
    assertThat(backup.code()).as(backup.err()).isZero();
    assertThat(Files.getOwner(HOME.resolve("data/backup.mv.db")).getName()).isEqualTo(NAME);

    Ended other =
        call("setpriv", "--reuid=nobody", "--clear-groups", "camel-akeeba-backup", "check");
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("sudo camel-akeeba-backup check").hasLineCount(1);
    assertThat(
            call("setpriv", "--reuid=nobody", "--clear-groups", "camel-akeeba-backup", "--version")
                .code())
        .isZero();
  }

  /** As systemd would start it: the unit's command as the unit's user, with its environment. */
  private void theUnitsCommandServes() throws Exception {
    String unit = Files.readString(UNIT);
    List<String> command = new ArrayList<>();
    command.addAll(List.of("setpriv", "--reuid=" + value(unit, "User"), "--init-groups"));
    command.add("--regid=" + value(unit, "Group"));
    command.addAll(List.of("env", value(unit, "Environment")));
    command.addAll(List.of(value(unit, "ExecStart").split(" ")));
    Path err = folder.resolve("err");
    Process serve =
        Distribution.start(
            Path.of("/"), Map.of(), folder.resolve("out"), err, command.toArray(String[]::new));
    try {
      await()
          .atMost(RunningProduct.PATIENCE)
          .failFast("it ended", () -> !serve.isAlive())
          .until(() -> Files.readString(err).contains("serving 1 sites"));
      serve.destroy();
      assertThat(serve.waitFor(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(serve.exitValue()).isZero();
    } finally {
      serve.destroyForcibly();
    }
  }

  private static String value(String unit, String key) {
    Matcher line = Pattern.compile("(?m)^%s=(.*)$".formatted(key)).matcher(unit);
    assertThat(line.find()).as(key).isTrue();
    return line.group(1);
  }

  /** The same package, of a later version. */
  private Path newer() throws Exception {
    Path unpacked = folder.resolve("newer");
    Distribution.must(folder, "dpkg-deb", "-R", Distribution.deb().toString(), unpacked.toString());
    Path control = unpacked.resolve("DEBIAN/control");
    Files.writeString(
        control, Files.readString(control).replaceFirst("(?m)^Version: .*$", "Version: 99"));
    Distribution.must(
        folder, "dpkg-deb", "-Znone", "--root-owner-group", "-b", unpacked.toString(), "newer.deb");
    return folder.resolve("newer.deb");
  }
}
