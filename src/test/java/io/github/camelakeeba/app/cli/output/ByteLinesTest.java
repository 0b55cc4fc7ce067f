package io.github.camelakeeba.app.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The lines that say how much of an archive is here, or was read. */
class ByteLinesTest {
  private static String shown(long... done) {
    PrintStream before = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      ProgressView<Long> view = new ProgressView.ByteLines<>("site.jpa", now -> now, now -> 1000);
      for (long bytes : done) {
        view.show(bytes);
      }
    } finally {
      System.setErr(before);
    }
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void what_was_over_at_the_first_look_has_no_speed() {
    assertThat(shown(1000))
        .isEqualToIgnoringNewLines("site.jpa             100 %  1.0 kB of 1.0 kB");
  }

  @Test
  void what_grows_has_one_and_the_time_that_is_left() {
    assertThat(shown(0, 500, 1000).lines())
        .satisfiesExactly(
            first -> assertThat(first).endsWith("0 %  0 bytes of 1.0 kB"),
            second -> assertThat(second).contains(" 50 %  500 bytes of 1.0 kB, ").endsWith(" left"),
            third -> assertThat(third).contains("100 %  1.0 kB of 1.0 kB, ").endsWith("/s"));
  }
}
