package io.github.camelakeeba.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.SampleBackup;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a call costs does not grow with the number of sites. */
class CallForOneSiteTest {
  private final Site shop = SampleBackup.site("customer");

  /** Ten thousand sites, of which a call may look up one. */
  private final Map<String, Site> sites =
      new AbstractMap<>() {
        @Override
        public Site get(Object name) {
          return name.equals(shop.name()) ? shop : null;
        }

        @Override
        public boolean containsKey(Object name) {
          return get(name) != null;
        }

        @Override
        public Set<Entry<String, Site>> entrySet() {
          throw new AssertionError("reads all sites");
        }
      };

  private final RequestReader reader =
      new RequestReader(sites, null, RunListener.NONE, Clock.systemUTC());

  private BackupRequest read(String body, String tag) {
    return reader.readCall(
        body.getBytes(StandardCharsets.UTF_8),
        Map.of(),
        new Requester("api", "ops", tags -> tags.contains(tag)));
  }

  @Test
  void no_other_site_is_looked_at() {
    assertThat(read("{\"site\": \"%s\"}".formatted(shop.name()), "customer").site())
        .isEqualTo(shop.name());
    assertThat(read(shop.name(), "customer").site()).isEqualTo(shop.name());
  }

  @Test
  void a_site_that_the_caller_does_not_see_is_unknown_to_it() {
    for (String body : new String[] {"{\"site\": \"%s\"}", "%s", "nobody"}) {
      assertThatThrownBy(() -> read(body.formatted(shop.name()), "other"))
          .isInstanceOf(RunRefusedException.class)
          .hasMessageStartingWith("there is no site '");
    }
  }
}
