package io.github.camelakeeba.notify.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.SampleBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of the templates names all of them, and all that they may print. */
class TemplateReferenceTest {
  private static final Path PAGE = SampleBackup.PROJECT.resolve("docs/reference/templates.md");

  @Test
  void the_page_names_every_template_and_no_other() throws IOException {
    String page = Files.readString(PAGE);
    TreeSet<String> named = new TreeSet<>();
    for (String kind : BuiltInTemplates.KINDS) {
      named.addAll(found("`([a-z<>-]+\\.ftl[hj]?)`", page.replace("<kind>", kind)));
    }
    assertThat(named).isEqualTo(new TreeSet<>(BuiltInTemplates.names()));
  }

  @Test
  void the_page_names_every_fact_and_no_other() throws IOException {
    String page = Files.readString(PAGE);
    String all = page.substring(page.indexOf("Of every message:"));
    TreeSet<String> named = new TreeSet<>(found("`([a-zA-Z.]+)`", firstColumns(all)));
    TreeSet<String> facts = new TreeSet<>();
    for (String kind : BuiltInTemplates.KINDS) {
      collect("", SampleModels.full(kind), facts);
      collect("", SampleModels.minimal(kind), facts);
    }
    assertThat(named).isEqualTo(facts);
  }

  private static String firstColumns(String text) {
    return text.lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(2, line.indexOf(" | ", 2)))
        .collect(Collectors.joining("\n"));
  }

  /** Maps and lists of maps are described in the second column, but those of groups. */
  private static void collect(String prefix, Map<?, ?> facts, TreeSet<String> names) {
    facts.forEach(
        (name, value) -> {
          String path = prefix + name;
          if (value instanceof Map<?, ?> nested) {
            collect(path + ".", nested, names);
          } else {
            names.add(path);
          }
          if (path.equals("sections")) {
            ((List<?>) value)
                .forEach(
                    section -> {
                      names.add("sections.groups");
                      ((List<?>) ((Map<?, ?>) section).get("groups"))
                          .forEach(group -> collect("sections.groups.", (Map<?, ?>) group, names));
                    });
          }
        });
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
