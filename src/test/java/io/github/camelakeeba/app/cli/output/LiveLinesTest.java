package io.github.camelakeeba.app.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveLinesTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private LiveLines lines(boolean coloured) {
    return new LiveLines(new PrintStream(written, true, StandardCharsets.UTF_8), coloured, 20);
  }

  private String written() {
    String text = written.toString(StandardCharsets.UTF_8).replace("\u001b", "^");
    written.reset();
    return text;
  }

  @Test
  void a_line_that_changes_is_written_over_and_one_that_does_not_is_left() {
    LiveLines lines = lines(false);
    lines.set("shop", "shop 1 %", null);
    lines.set("blog", "blog 1 %", null);
    written();

    lines.set("shop", "shop 2 %", null);
    assertThat(written()).isEqualTo("^[2A\r^[J\r^[2Kshop 2 %\n\r^[2Kblog 1 %\n");
    lines.set("shop", "shop 2 %", null);
    assertThat(written()).isEmpty();
  }

  @Test
  void what_is_printed_stays_above_the_lines() {
    LiveLines lines = lines(false);
    lines.set("shop", "shop", null);
    written();

    lines.print("a mail\n");
    assertThat(written()).isEqualTo("^[1A\r^[Ja mail\n\r^[2Kshop\n");
  }

  @Test
  void a_line_is_never_wider_than_the_terminal() {
    lines(true).set("shop", "0123456789".repeat(3), Colour.RED);
    assertThat(written()).isEqualTo("\r^[2K^[31m012345678901234567…^[0m\n");
  }

  @Test
  void there_is_no_colour_where_the_reader_wants_none_or_the_terminal_has_none() {
    lines(false).set("shop", "shop", Colour.RED);
    assertThat(written()).isEqualTo("\r^[2Kshop\n");

    assertThat(Terminal.coloured(Map.of("TERM", "xterm"))).isTrue();
    assertThat(Terminal.coloured(Map.of("NO_COLOR", ""))).isTrue();
    assertThat(Terminal.coloured(Map.of("NO_COLOR", "1"))).isFalse();
    assertThat(Terminal.coloured(Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.moves(Map.of("TERM", "dumb"))).isFalse();
    assertThat(Terminal.moves(Map.of("NO_COLOR", "1"))).isTrue();
  }
}
