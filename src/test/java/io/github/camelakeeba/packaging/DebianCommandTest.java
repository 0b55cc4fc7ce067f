package io.github.camelakeeba.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command of the .deb, with a program that tells who runs it, and another home. */
@Tag("process")
class DebianCommandTest {
  private static final String USER = "daemon";

  @TempDir Path folder;
  private Path home;
  private Path command;

  @BeforeEach
  void install() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root becomes another user");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv");
    home = Files.createDirectory(folder.resolve("home"));
    Path program = Files.writeString(folder.resolve("program"), "#!/bin/sh\nid -un\n");
    command = folder.resolve("command");
    Files.writeString(
        command,
        Files.readString(Path.of("src/main/deb/camel-akeeba-backup"))
            .replaceFirst("(?m)^program=.*", "program=" + program)
            .replaceFirst("(?m)^user=.*", "user=" + USER)
            .replaceFirst("(?m)^home=.*", "home=" + home));
    for (Path open : List.of(folder, home, program, command)) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private String runner(String backupHome, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("sh", command.toString()));
    all.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.directory(folder.toFile()).environment().remove("BACKUP_HOME");
    if (backupHome != null) {
      builder.environment().put("BACKUP_HOME", backupHome);
    }
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes()).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return out;
  }

  @Test
  void root_becomes_the_services_user_however_its_home_is_named() throws Exception {
    assertThat(runner(null, "status")).isEqualTo(USER);
    assertThat(runner(null, "status", "--home", home.toString())).isEqualTo(USER);
    assertThat(runner(null, "--home=home/../home/", "status")).isEqualTo(USER);
    assertThat(runner(home.toString(), "status")).isEqualTo(USER);
    assertThat(runner(null, "status", "--home", folder.toString())).isEqualTo("root");
    assertThat(runner(folder.toString(), "status")).isEqualTo("root");
    assertThat(runner(folder.toString(), "status", "--home", home.toString())).isEqualTo(USER);
  }
}
