package io.github.camelakeeba.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The page's files as they are: what its policy forbids isn't in them, and they fit each other. */
class PageFilesTest {
  private static final Path FOLDER = Path.of("src/main/resources/page");
  private static final Pattern IMPORT = Pattern.compile("(?m)^import \\{([^}]+)} from '([^']+)';$");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export (?:async )?(?:function|const|class) (\\w+)");

  private static Map<String, String> files(String end) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(FOLDER)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(end)) {
          files.put(FOLDER.relativize(file).toString(), Files.readString(file));
        }
      }
    }
    return files;
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(MatchResult::group).toList();
  }

  @Test
  void there_is_one_document_one_style_sheet_and_at_most_six_modules() throws IOException {
    assertThat(files(".html")).containsOnlyKeys("index.html");
    assertThat(files(".css")).containsOnlyKeys("style.css");
    assertThat(files(".js")).hasSizeBetween(4, 6);
    assertThat(files("")).hasSize(2 + files(".js").size());
  }

  @Test
  void the_document_holds_no_code_and_no_style() throws IOException {
    String html = files(".html").get("index.html");
    assertThat(found("(?i)<script(?![^>]* src=)[^>]*>", html)).isEmpty();
    assertThat(found("(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:", html)).isEmpty();
    assertThat(found("(?i)<script[^>]*>\\s*[^<\\s]", html)).isEmpty();
  }

  /** The one that stays names a language, and nothing is fetched from it. */
  @Test
  void no_file_names_another_server() throws IOException {
    files("")
        .forEach(
            (name, text) ->
                assertThat(
                        found("(?i)(?:https?:|wss?:)?//[a-z0-9.-]+\\.[a-z]{2,}[^\\s\"'`)]*", text))
                    .as(name)
                    .isSubsetOf("http://www.w3.org/2000/svg"));
  }

  @Test
  void no_text_becomes_html_code_or_an_attribute_that_runs() throws IOException {
    String sinks =
        "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|setHTML|parseFromString|DOMParser"
            + "|createContextualFragment|srcdoc|\\beval\\b|new Function|trustedTypes|\\bon[a-z]+ ?= ?['\"`]"
            + "|setAttribute\\(['\"]on|\\.cssText|setTimeout\\(['\"]";
    files(".js").forEach((name, text) -> assertThat(found(sinks, text)).as(name).isEmpty());
  }

  @Test
  void nothing_is_kept_in_the_browser_and_no_token_is_logged() throws IOException {
    files(".js")
        .forEach(
            (name, text) ->
                assertThat(
                        found(
                            "localStorage|sessionStorage|indexedDB|document\\.cookie|console\\.",
                            text))
                    .as(name)
                    .isEmpty());
  }

  @Test
  void what_a_module_imports_is_exported_by_another_and_used() throws IOException {
    Map<String, String> modules = files(".js");
    modules.forEach(
        (name, text) ->
            IMPORT
                .matcher(text)
                .results()
                .forEach(
                    statement -> {
                      String from = statement.group(2).replaceFirst("^\\./", "");
                      assertThat(modules).as("%s imports from %s", name, from).containsKey(from);
                      List<String> names = Arrays.asList(statement.group(1).strip().split(", *"));
                      assertThat(names)
                          .as("%s imports from %s", name, from)
                          .isSubsetOf(
                              EXPORT
                                  .matcher(modules.get(from))
                                  .results()
                                  .map(one -> one.group(1))
                                  .toList());
                      for (String imported : names) {
                        assertThat(found("\\b" + imported + "\\b", text))
                            .as("%s uses %s", name, imported)
                            .hasSizeGreaterThan(1);
                      }
                    }));
  }

  @Test
  void each_id_that_a_module_asks_for_is_in_the_document() throws IOException {
    String html = files(".html").get("index.html");
    files(".js")
        .forEach(
            (name, text) ->
                Pattern.compile("(?:\\bat|getElementById)\\('([a-z-]+)'\\)")
                    .matcher(text)
                    .results()
                    .forEach(
                        id ->
                            assertThat(html)
                                .as(name)
                                .contains("id=\"%s\"".formatted(id.group(1)))));
  }

  @Test
  void the_plots_come_from_the_library_on_the_class_path() throws IOException {
    List<String> used =
        files("").values().stream()
            .flatMap(text -> found("/ui/uplot/[\\w./]+", text).stream())
            .toList();
    assertThat(used).hasSize(2);
    for (String address : used) {
      String[] parts = address.split("/");
      assertThat(
              getClass()
                  .getResource(
                      "/META-INF/resources/webjars/uplot/%s/dist/%s".formatted(parts[3], parts[4])))
          .as(address)
          .isNotNull();
    }
  }

  /** A page of 40 kB on the way; each module is read in one go. */
  @Test
  void the_page_is_small() throws IOException {
    int packed = 0;
    for (Map.Entry<String, String> file : files("").entrySet()) {
      assertThat(file.getValue().lines().count()).as(file.getKey()).isLessThan(400);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      packed += bytes.size();
    }
    assertThat(packed).isLessThan(40_000);
  }
}
