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
    return channels(event.data().site(), event.data().state());
  }

  /** The channels that would be told of this state of this site. */
  public List<String> channels(String site, String state) {
    Set<String> told = new LinkedHashSet<>();
    for (Rule rule : rules) {
      if (matches(rule, site, state)) {
        told.addAll(rule.to());
      }
    }
    return List.copyOf(told);
  }

  private static boolean matches(Rule rule, String site, String state) {
    return rule.on().contains(state) && (rule.sites().isEmpty() || rule.sites().contains(site));
  }
}
