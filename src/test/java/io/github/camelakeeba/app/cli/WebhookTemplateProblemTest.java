package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook's template that would fail in the night fails at the start. */
class WebhookTemplateProblemTest {
  @TempDir Path home;

  @Test
  void a_template_that_does_not_work_is_a_problem_with_file_line_and_key() throws Exception {
    Path folder = Files.createDirectories(home.resolve("config/templates"));
    Files.writeString(folder.resolve("erp.ftlj"), "{\n\"a\": \"${data.archive}\"}");
    Program.Ended check =
        new Program(home)
            .site("shop", URI.create("https://shop.example.com/remote.php"))
            .more(
                """
                channels:
                  erp:
                    type: webhook
                    url: https://erp.example.com/in
                    template: config/templates/erp.ftlj
                """)
            .run("check");
    assertThat(check.code()).isEqualTo(2);
    assertThat(check.out()).isEmpty();
    assertThat(check.err())
        .containsPattern("config/sites.yaml:\\d+: channels\\.erp\\.template: ")
        .contains(
            "'config/templates/erp.ftlj' is a template that does not work for the kind 'started':"
                + " line 2: data.archive is not there;");
  }
}
