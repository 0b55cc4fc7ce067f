package io.github.camelakeeba.config.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Configuration.Source;
import io.github.camelakeeba.config.yaml.SitesLoader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is seen of a configuration that another replaces at any moment. */
class LiveViewsTest {
  private static final Path HOME = Path.of("home");

  /** Between two looks a reload has happened. */
  private static LiveMap<String, Integer> reloadedAtEachLook() {
    Deque<Map<String, Integer>> looks =
        new ArrayDeque<>(List.of(Map.of("a", 1, "b", 2), Map.of("a", 1, "b", 2, "c", 3)));
    return new LiveMap<>(
        () -> {
          Map<String, Integer> now = looks.removeFirst();
          looks.addLast(now);
          return now;
        });
  }

  @Test
  void a_stream_of_keys_or_values_is_of_one_configuration() {
    assertThat(reloadedAtEachLook().values().stream().sorted().toList()).containsExactly(1, 2);
    assertThat(reloadedAtEachLook().keySet().stream().sorted().toList()).containsExactly("a", "b");
    assertThat(reloadedAtEachLook().entrySet().stream().toList()).hasSize(2);
    // a copy looks as often as the JDK's version does
    assertThat(Map.copyOf(reloadedAtEachLook()))
        .isIn(Map.of("a", 1, "b", 2), Map.of("a", 1, "b", 2, "c", 3));
  }

  @Test
  void a_set_of_keys_that_was_taken_before_shows_what_holds_then() {
    CurrentConfiguration current = new CurrentConfiguration(configuration("shop"));
    Set<String> names = current.live().sites().keySet();

    current.replace(configuration("blog"));

    assertThat(names).containsExactly("blog").hasSize(1);
    assertThat(names.contains("blog")).isTrue();
    assertThat(names.contains("shop")).isFalse();
  }

  @Test
  void sources_and_fingerprint_are_those_of_the_configuration() {
    Source source =
        new Source("config/sites.yaml:1: sources[0]", 1, List.of(), List.of(), null, null);
    Configuration first = configuration("shop").with(List.of(source), HOME);
    CurrentConfiguration current = new CurrentConfiguration(first);
    Configuration live = current.live();

    assertThat(live.fingerprint()).isEqualTo(first.fingerprint());
    assertThat(live.sources()).containsExactly(source);
    current.replace(configuration("blog"));
    assertThat(live.sources()).isEmpty();
  }

  private static Configuration configuration(String site) {
    String yaml = "sites: {%s: {url: https://shop.example, secret: a-word}}".formatted(site);
    return new SitesLoader().load(yaml, "sites.yaml", HOME, text -> text);
  }
}
