package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Matcher;
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
          .contains("Subject: [failed] forum: The disk is full")
          .contains("Your own site: ")
          .containsOnlyOnce("completed: shop")
          .containsOnlyOnce("failed: forum")
          .doesNotContain("\u001b", "open in the page");
      assertThat(Pattern.compile("(?m)^---- mail to ").matcher(out).results())
          .hasSizeGreaterThanOrEqualTo(3);
      assertThat(demo.err()).doesNotContain("Exception", "WARNING");
    }
  }

  @Test
  void the_page_is_at_the_printed_link_and_backups_are_taken_again_when_asked_for_only()
      throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      try (ChildProcess demo = new ChildProcess(output, "demo", "--port", port)) {
        Pattern link =
            Pattern.compile("The page: (http://127[.]0[.]0[.]1:\\d+)/#token=(\\S{32,})\\s");
        await()
            .atMost(RunningProduct.PATIENCE)
            .failFast("it ended", () -> !demo.alive())
            .until(() -> link.matcher(demo.out()).find());
        Matcher found = link.matcher(demo.out());
        assertThat(found.find()).isTrue();
        String address = found.group(1);
        assertThat(address).doesNotEndWith(":" + port);

        assertThat(sites(address, found.group(2)).statusCode()).isEqualTo(200);
        assertThat(sites(address, found.group(2)).body())
            .contains("\"site\":\"museum\"", "\"site\":\"shop\"");
        assertThat(sites(address, "another").statusCode()).isEqualTo(401);
        assertThat(demo.err()).doesNotContain(found.group(2));

        await()
            .atMost(RunningProduct.PATIENCE)
            .failFast("it ended", () -> !demo.alive())
            .until(() -> demo.out().contains("Enter takes the three backups again"));
        assertThat(demo.out())
            .containsOnlyOnce("completed: shop")
            .containsOnlyOnce("warning: blog")
            .contains("open in the page: " + address + "/#token=" + found.group(2));
        demo.types("\n");
        await()
            .atMost(RunningProduct.PATIENCE)
            .until(() -> demo.out().split("failed: forum").length == 3);
      }
    }
  }

  private static HttpResponse<String> sites(String address, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/api/sites"))
            .header("Authorization", "Bearer " + token)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
