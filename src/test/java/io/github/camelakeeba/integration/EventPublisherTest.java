package io.github.camelakeeba.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which events the Kamelet {@code akeeba-backup-event-source} passes on. */
class EventPublisherTest {
  private final EventPublisher telling = new EventPublisher(Set.of(), null, Clock.systemUTC());

  private boolean wanted(String source, String states, String sites) {
    return telling.matches("io.github.camelakeeba.backup.failed.v1", source, states, sites);
  }

  @Test
  void a_site_is_known_by_the_end_of_its_source_wherever_the_installation_is() {
    for (String base :
        new String[] {"urn:camel-akeeba-backup:6f9e7c0a", "https://x.test/sites/a", ""}) {
      String source = base + "/sites/shop";
      assertThat(wanted(source, "*", "blog, shop")).as(source).isTrue();
      assertThat(wanted(source, "completed,failed", "*")).as(source).isTrue();
      assertThat(wanted(source, "*", "blog")).as(source).isFalse();
      assertThat(wanted(source, "completed", "shop")).as(source).isFalse();
    }
  }
}
