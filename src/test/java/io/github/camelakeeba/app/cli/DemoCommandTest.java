package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("process")
class DemoCommandTest {
  @TempDir Path output;

  @Test
  void once_shows_three_outcomes_and_their_mails_and_ends_by_itself() throws Exception {
    try (ChildProcess demo = new ChildProcess(output, "demo", "--once")) {
      assertThat(demo.code(180)).isZero();
      String out = demo.out();
      assertThat(out)
          .contains("completed: shop", "warning: blog")
          .contains("failed: forum: The disk is full")
          .contains("Subject: [completed] shop", "Subject: [warning] blog: 2 warnings")
          .contains("Subject: [failed] forum: The disk is full");
      assertThat(Pattern.compile("(?m)^---- mail to ").matcher(out).results())
          .hasSizeGreaterThanOrEqualTo(3);
      assertThat(demo.err()).doesNotContain("Exception", "WARNING");
    }
  }
}
