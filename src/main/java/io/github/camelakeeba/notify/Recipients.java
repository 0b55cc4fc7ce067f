package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Rule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who is told of an event, by the rules of {@code notify}. */
public final class Recipients {
  private final List<Rule> rules;

  /** By the rules of this configuration. */
  public Recipients(Configuration configuration) {
    this.rules = configuration.rules();
  }

  /** The channels of every matching rule in the file's order, each channel once. */
  public List<String> channels(Event event) {
    Set<String> told = new LinkedHashSet<>();
    for (Rule rule : rules) {
      if (matches(rule, event.data())) {
        told.addAll(rule.to());
      }
    }
    return List.copyOf(told);
  }

  private static boolean matches(Rule rule, Event.Data data) {
    return rule.on().contains(data.state())
        && (rule.sites().isEmpty() || rule.sites().contains(data.site()));
  }
}
