package io.github.camelakeeba.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.api.ApiClient.Answer;
import io.github.camelakeeba.product.RunningProduct;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page's files as a browser gets them: what they are, how long they are kept, what they may.
 */
@Tag("slow")
class PageOnTheWireTest {
  private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/ui/[^\"]+)\"");
  private static final String PLOTS = "/ui/uplot/1.6.30/";

  @TempDir static Path folder;
  private static RunningProduct product;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder).api();
    product.yaml("  {}\n").start();
    api = new ApiClient(product);
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static Answer get(String path, String... headers) throws Exception {
    var request = api.bare(path).GET();
    return api.send(headers.length == 0 ? request : request.headers(headers));
  }

  private static String header(Answer answer, String name) {
    return answer.response().headers().firstValue(name).orElse("");
  }

  @Test
  void everybody_gets_the_page_and_it_is_asked_for_anew_each_time() throws Exception {
    Answer page = get("/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualTo("text/html;charset=utf-8");
    assertThat(header(page, "Cache-Control")).isEqualTo("no-cache");
    assertThat(page.text()).startsWith("<!doctype html>").doesNotContain(RunningProduct.TOKEN);
    Answer again = get("/", "If-None-Match", header(page, "ETag"));
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.text()).isEmpty();
  }

  @Test
  void each_file_that_it_names_is_there_under_a_path_that_changes_with_it() throws Exception {
    Matcher named = FILE.matcher(get("/").text());
    List<String> paths = named.results().map(one -> one.group(1)).toList();

    assertThat(paths).isNotEmpty().allMatch(path -> path.matches("/ui/[0-9a-f]{12}/.*"));
    for (String path : paths) {
      Answer file = get(path);
      assertThat(file.status()).as(path).isEqualTo(200);
      assertThat(header(file, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    }
  }

  @Test
  void each_file_has_the_type_that_it_is_of() throws Exception {
    try (Stream<Path> files = Files.walk(Path.of("src/main/resources/page"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("index.html")) {
          Answer answer = get("/ui/" + Path.of("src/main/resources/page").relativize(file));
          assertThat(answer.status()).as(name).isEqualTo(200);
          assertThat(header(answer, "Content-Type")).isEqualTo(type(name));
          assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        }
      }
    }
    assertThat(header(get(PLOTS + "uPlot.esm.js"), "Content-Type")).isEqualTo(type("x.js"));
    assertThat(header(get(PLOTS + "uPlot.min.css"), "Content-Type")).isEqualTo(type("x.css"));
    assertThat(header(get(PLOTS + "uPlot.esm.js"), "Cache-Control")).contains("immutable");
    assertThat(get(PLOTS + "LICENSE.txt").text()).contains("MIT");
  }

  private static String type(String name) {
    return switch (name.replaceFirst(".*[.]", "")) {
      case "js" -> "text/javascript;charset=utf-8";
      case "css" -> "text/css;charset=utf-8";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      default -> throw new AssertionError("which type has " + name + "?");
    };
  }

  @Test
  void every_answer_says_what_a_browser_may_do_with_it() throws Exception {
    for (Answer answer :
        List.of(
            get("/"),
            get(PLOTS + "uPlot.min.css"),
            get("/ui/nothing.js"),
            get("/api/sites"),
            api.get("/api/sites"),
            api.get("/api/nothing"),
            get("/observe/health"))) {
      HttpHeaders headers = answer.response().headers();
      assertThat(headers.allValues("Content-Security-Policy"))
          .containsExactly(
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
                  + " 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
                  + " require-trusted-types-for 'script'");
      assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
      assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
      assertThat(headers.allValues("Cross-Origin-Opener-Policy")).containsExactly("same-origin");
      assertThat(headers.allValues("Cross-Origin-Resource-Policy")).containsExactly("same-origin");
      assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty(); // there is no TLS
      assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void head_is_as_get_without_the_content() throws Exception {
    for (String path : List.of("/", PLOTS + "uPlot.esm.js")) {
      Answer head = api.send(api.bare(path).method("HEAD", BodyPublishers.noBody()));
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.text()).isEmpty();
      assertThat(header(head, "Content-Length"))
          .isEqualTo(String.valueOf(get(path).response().body().length));
      assertThat(header(head, "ETag")).isEqualTo(header(get(path), "ETag"));
    }
  }

  @Test
  void a_file_that_is_not_there_is_a_problem_document() throws Exception {
    for (String path : List.of("/ui/", "/ui/nothing.js", "/ui/000000000000/main.js", PLOTS)) {
      Answer answer = get(path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      RequestsByApiTest.problem(answer, "there is no such file of the page");
    }
  }
}
