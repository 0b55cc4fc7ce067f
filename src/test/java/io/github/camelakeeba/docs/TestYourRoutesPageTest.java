package io.github.camelakeeba.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page shows tests that run. */
class TestYourRoutesPageTest {
  private static final Path PAGE = Path.of("docs/how-to/test-your-routes.md");
  private static final Path TESTS = Path.of("src/test/java/io/github/camelakeeba");

  @Test
  void the_test_of_the_ticket_is_shown_as_it_runs() throws IOException {
    String test = Files.readString(TESTS.resolve("docs/TicketRouteTest.java"));

    assertThat(Files.readString(PAGE))
        .contains(
            test.substring(test.indexOf("class TicketRouteTest"))
                .replace("classpath:local/", "file:routes/local/"));
  }

  @Test
  void its_route_is_that_of_the_page_on_routes() throws IOException {
    assertThat(Files.readString(Path.of("docs/how-to/change-a-route.md")))
        .contains(Files.readString(Path.of("src/test/resources/local/ticket.camel.yaml")));
  }

  @Test
  void the_test_of_a_shipped_route_is_shown_as_it_runs() throws IOException {
    String page = Files.readString(PAGE);
    String shown = page.substring(page.indexOf("  void a_batch_is_started"));

    assertThat(Files.readString(TESTS.resolve("routes/ClaimRouteTest.java")))
        .contains(shown.substring(0, shown.indexOf("\n  }\n") + 5));
  }
}
