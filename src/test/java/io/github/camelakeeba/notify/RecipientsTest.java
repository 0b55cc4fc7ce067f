package io.github.camelakeeba.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Limits;
import io.github.camelakeeba.site.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecipientsTest {
  @Test
  void every_matching_rule_applies_in_the_order_of_the_file() {
    Recipients recipients =
        recipients(
            rule(Set.of("failed"), List.of(), List.of("ops", "chat")),
            rule(Set.of("completed", "failed"), List.of("shop"), List.of("ping")),
            rule(Set.of("started", "failed"), List.of(), List.of("bus")));
    assertThat(recipients.channels("shop", "failed")).containsExactly("ops", "chat", "ping", "bus");
    assertThat(recipients.channels("shop", "completed")).containsExactly("ping");
    assertThat(recipients.channels("shop", "started")).containsExactly("bus");
  }

  @Test
  void a_channel_gets_an_event_once_however_many_rules_name_it() {
    Recipients recipients =
        recipients(
            rule(Set.of("failed"), List.of(), List.of("ops", "ops")),
            rule(Set.of("failed"), List.of("shop"), List.of("chat", "ops")));
    assertThat(recipients.channels("shop", "failed")).containsExactly("ops", "chat");
  }

  @Test
  void a_rule_for_another_site_or_state_tells_nobody() {
    Recipients recipients =
        recipients(
            rule(Set.of("failed"), List.of("blog"), List.of("ops")),
            rule(Set.of("warning"), List.of(), List.of("ops")));
    assertThat(recipients.channels("shop", "failed")).isEmpty();
  }

  private static Recipients recipients(Rule... rules) {
    return new Recipients(
        new Configuration(
            Sample.sites(),
            new Limits(50, 1, Duration.ofMinutes(30)),
            Duration.ofDays(400),
            Map.of(),
            List.of(rules),
            null));
  }

  private static Rule rule(Set<String> on, List<String> sites, List<String> to) {
    return new Rule(on, sites, List.of(), List.of(), Set.of(), to, 1, null, null, null);
  }
}
