package io.github.camelakeeba.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathFilterTest {

  @ParameterizedTest
  @CsvSource({
    "*.sql, installation/sql/site.sql, true",
    "*.sql, site.sql, true",
    "*.sql, site.sql.txt, false",
    "images, images/a/b.png, true",
    "images/, images/a/b.png, true",
    "/images, images/a/b.png, true",
    "images, media/images/b.png, true",
    "images/*.png, images/b.png, true",
    "images/*.png, images/a/b.png, false",
    "images/**, images/a/b.png, true",
    "images/**/*.png, images/a/b.png, true",
    "./images, images, true",
    "media/images, images/b.png, false",
    "'{a,b}/*.txt', b/c.txt, true",
    "site.s[0-9][0-9], installation/sql/site.s01, true",
    "*.SQL, site.sql, false"
  })
  void a_pattern_is_of_a_name_or_of_the_whole_path(String glob, String path, boolean fits) {
    assertThat(PathFilter.of(List.of(glob), List.of()).accepts(path)).isEqualTo(fits);
    assertThat(PathFilter.of(List.of(), List.of(glob)).accepts(path)).isEqualTo(!fits);
  }

  @Test
  void an_exception_counts_more_than_a_wish() {
    PathFilter filter = PathFilter.of(List.of("*.php", "images"), List.of("configuration.php"));

    assertThat(filter.accepts("index.php")).isTrue();
    assertThat(filter.accepts("images/a.png")).isTrue();
    assertThat(filter.accepts("configuration.php")).isFalse();
    assertThat(filter.accepts("a.txt")).isFalse();
    assertThat(PathFilter.ALL.accepts("anything")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "[a", "{a"})
  void a_wrong_pattern_is_told(String glob) {
    assertThatThrownBy(() -> PathFilter.of(List.of(glob), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + glob + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "17, 17",
    "1k, 1024",
    "20G, 21474836480",
    "2 MiB, 2097152",
    "3tb, 3298534883328"
  })
  void a_size_is_written_as_people_do(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "much", "-1", "1.5G", "1P", "999999999999999T"})
  void a_wrong_size_is_told(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
