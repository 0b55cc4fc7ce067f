package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.ConfigurationException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A text that is not the YAML that was meant stops with line and column. */
class YamlProblemsTest {
  private static final String GROWS =
      "the value holds itself, is nested deeper than 20 levels, or aliases make it grow too large";

  @TempDir Path home;

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("", ":1: the file is empty; it must have at least the key 'sites'"),
        Arguments.of("# x\n", ":1: the file is empty; it must have at least the key 'sites'"),
        Arguments.of("hello\n", ":1: must be a mapping of keys"),
        Arguments.of("[a]\n", ":1: must be a mapping of keys"),
        Arguments.of("limits: {}\n", ":1: 'sites' is missing"),
        Arguments.of("sites:\n", ":1: sites: has no value; write one, or leave the key out"),
        Arguments.of("sites: [a]\n", ":1: sites: must be a mapping of keys"),
        Arguments.of("sites: {}\nnotify: {a: b}\n", ":2: notify: must be a list"),
        Arguments.of("sites: {}\ntriggers: {a: b}\n", ":2: triggers: must be a list"),
        Arguments.of("sites:\n\tshop: 1\n", ":2:1: not YAML: a tab cannot indent; use spaces"),
        Arguments.of(
            "sites: {}\na: b: c\n",
            ":2:5: not YAML: a colon is not allowed here; wrong indentation, or a value that needs quotes"),
        Arguments.of("sites: \"x\n", ":2:1: not YAML: a quotation mark is not closed"),
        Arguments.of(
            "sites: *hunter2\n", ":1:8: not YAML: a value that begins with * must be in quotes"),
        Arguments.of(
            "sites: !hunter2!x y\n",
            ":1:8: not YAML: a value that begins with ! must be in quotes"),
        Arguments.of(
            "sites: @hunter2\n",
            ":1:8: not YAML: a value that begins with % @ or ` must be in quotes"),
        Arguments.of(
            "sites: \"\\uhunter2\"\n",
            ":1:11: not YAML: expected escape sequence of 4 hexadecimal numbers"),
        Arguments.of("sites: {}\n\u0007\n", ":2: not YAML: a control character is not allowed"),
        Arguments.of(
            "sites: {}\n---\nsites: {}\n",
            ":3: a second document begins here; only one is allowed"),
        Arguments.of(
            "sites:\n  shop:\n    secret: {{env:X}}\n",
            ":3: a value that begins with {{ must be in quotes, as in \"{{env:NAME}}\""),
        Arguments.of("? [a]\n: b\n", ":1: a key must be a word, not a list or a mapping"),
        Arguments.of("sites: &a {shop: *a}\n", ":1: sites.shop: " + GROWS),
        Arguments.of(
            "sites: " + "[".repeat(30) + "]".repeat(30) + "\n",
            ":1: sites" + "[0]".repeat(19) + ": " + GROWS),
        Arguments.of("[".repeat(100_000), ":1: nested too deeply; at most 20 levels"),
        Arguments.of(
            "sites: {}\nsites: {}\n",
            ":1: sites: the key stands here and again in line 2; keep one"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void bad_yaml_is_one_line_with_its_place(String yaml, String sentence) throws Exception {
    assertThat(LoaderMessage.of(home, yaml, Map.of()))
        .containsExactly("config/sites.yaml" + sentence);
  }

  @Test
  void an_alias_bomb_is_refused() throws Exception {
    StringBuilder bomb = new StringBuilder("a0: &x0 [1,1,1,1,1,1,1,1,1,1]\n");
    for (int i = 1; i < 9; i++) {
      String ten = ("*x" + (i - 1) + " ,").repeat(10);
      bomb.append("a%d: &x%d [%s]%n".formatted(i, i, ten));
    }
    assertThat(LoaderMessage.of(home, bomb.toString(), Map.of()))
        .singleElement()
        .asString()
        .endsWith(GROWS);
  }

  @Test
  void a_missing_file_says_how_to_name_the_home_directory() {
    assertThatThrownBy(
            () -> new SitesLoader().load(home.resolve("config/sites.yaml"), text -> text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "config/sites.yaml: no such file; --home names the directory that holds"
                + " config/sites.yaml");
  }
}
