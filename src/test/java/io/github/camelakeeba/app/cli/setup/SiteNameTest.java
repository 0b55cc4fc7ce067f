package io.github.camelakeeba.app.cli.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class SiteNameTest {
  @ParameterizedTest
  @CsvSource({
    "https://shop.example.com/,shop",
    "https://www.example.com/,example",
    "https://www.Example.co.uk/,example",
    "https://www.com/,www",
    "https://xn--mller-kva.example/,muller",
    "http://localhost:8080/,localhost",
    "http://127.0.0.1:8080/,127.0.0.1",
    "http://[::1]:80/,1",
  })
  void a_name_is_made_of_the_host(URI url, String name) {
    assertThat(SiteName.ofAddress(url, Set.of())).isEqualTo(name);
    assertThat(SiteName.isLegal(name)).isTrue();
  }

  @Test
  void a_name_that_is_taken_gets_the_whole_host_and_then_a_number() {
    URI blog = URI.create("https://blog.example.com/");

    assertThat(SiteName.ofAddress(blog, Set.of("blog"))).isEqualTo("blog.example.com");
    assertThat(SiteName.ofAddress(blog, Set.of("blog", "blog.example.com")))
        .isEqualTo("blog.example.com-2");
    assertThat(SiteName.free("a".repeat(64), Set.of("a".repeat(64)))).hasSize(64).endsWith("aa-2");
  }

  @ParameterizedTest
  @CsvSource({
    "\"Müller's bakery\",mullers-bakery",
    "Straße 7 / Köln,strasse-7-koln",
    "  -- a.b_c --,a.b_c",
    "../../etc/passwd,etc-passwd",
    "北京,''",
  })
  void any_text_is_made_a_name(String text, String name) {
    assertThat(SiteName.slug(text)).isEqualTo(name);
  }

  @Test
  void what_a_name_is_stands_in_the_schema() throws Exception {
    String pattern =
        new ObjectMapper()
            .readTree(Path.of("config/sites.schema.json").toFile())
            .at("/$defs/name/pattern")
            .asText();
    for (String name :
        new String[] {
          "a", "A.b-c_9", "", "a b", "ä", "a".repeat(64), "a/b", ".", "..", "...", ".a"
        }) {
      assertThat(SiteName.isLegal(name)).as(name).isEqualTo(name.matches(pattern));
    }
    assertThat(SiteName.isLegal("a".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "daily at 02:30|daily at 02:30",
        "https://shop.example.com/?a=b&c=d|https://shop.example.com/?a=b&c=d",
        "config/secrets/shop|config/secrets/shop",
        "https://a.example/#b|\"https://a.example/#b\"",
        "a: b|\"a: b\"",
        "a #b|\"a #b\"",
        "@daily|\"@daily\"",
        "0 30 2 * * ?|\"0 30 2 * * ?\"",
        "{{env:X}}|\"{{env:X}}\"",
        "No|\"No\"",
        "12|\"12\"",
        "a:|\"a:\"",
        "Müller's|\"Müller's\"",
      })
  void a_text_is_plain_yaml_only_where_it_stays_a_text(String text, String yaml) {
    assertThat(YamlScalar.of(text)).isEqualTo(yaml);
    assertThat(load(yaml)).isEqualTo(text);
  }

  @Test
  void a_text_in_quotes_is_read_back_whatever_is_in_it() {
    String text = "\" \\ \n\t\u0000\u007f\u0085\u2028\uFEFF 🥐 '";

    assertThat(load(YamlScalar.of(text))).isEqualTo(text);
    assertThat(load("{" + YamlScalar.of(text) + ": 1}")).isEqualTo(java.util.Map.of(text, 1));
  }

  private static Object load(String yaml) {
    return new Load(LoadSettings.builder().build()).loadFromString(yaml);
  }
}
