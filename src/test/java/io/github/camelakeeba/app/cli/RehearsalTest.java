package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.app.cli.output.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Without it the start script would try in vain, at each start, to have classes archived. */
@Tag("slow")
class RehearsalTest {
  @Test
  void goes_through_commands_a_backup_and_a_serve_without_a_failure() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertThat(Rehearsal.run()).isEqualTo(ExitCode.COMPLETED);
    } finally {
      System.setOut(before);
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Usage: ", "The configuration is good.", "shop")
        .as("one by itself, and one by the serve")
        .containsPattern("(?s)(\"state\":\"completed\".*){2}");
  }
}
