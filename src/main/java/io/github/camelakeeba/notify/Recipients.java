package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Channel;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Durations;
import io.github.camelakeeba.site.Rule;
import io.github.camelakeeba.site.Site;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.Variable;

/** Who is told of an event, and when, by the rules of {@code notify}. */
public final class Recipients {
  /** These disturb at night too. */
  private static final Set<String> URGENT = Set.of("failed", "missed");

  private final Configuration configuration;

  /** By the rules of this configuration. */
  public Recipients(Configuration configuration) {
    this.configuration = configuration;
  }

  /** The same by the health of the event's site before it; null where that makes no difference. */
  public List<Recipient> recipients(
      @Variable("backup-event") Event event, @Variable("backup-site-health") Standing before) {
    return of(event, before != null && before.missedAt() != null, event.time());
  }

  /**
   * The channels of every matching rule in the file's order, each channel once.
   *
   * @param missed whether the site was overdue before a {@code recovered}
   */
  public List<Recipient> of(Event event, boolean missed, Instant now) {
    return of(event, now, rule -> reached(rule, event, missed));
  }

  /** Of those that ask to be reminded: whom such a word is due for, of what lasts since then. */
  public List<Recipient> reminded(Event event, Predicate<Rule> due, Instant now) {
    return of(
        event, now, rule -> rule.remind() != null && reached(rule, event, true) && due.test(rule));
  }

  private List<Recipient> of(Event event, Instant now, Predicate<Rule> also) {
    Event.Data data = event.data();
    Map<String, Recipient> told = new LinkedHashMap<>();
    for (Rule rule : configuration.rules()) {
      if (concerns(rule, data.site(), data.state()) && also.test(rule)) {
        for (String channel : rule.to()) {
          told.merge(channel, recipient(channel, rule, data, now), Recipient::sooner);
        }
      }
    }
    return List.copyOf(told.values());
  }

  /** The rules that may tell of this state of this site, in the file's order. */
  public List<Rule> rules(String site, String state) {
    return configuration.rules().stream().filter(rule -> concerns(rule, site, state)).toList();
  }

  /** The channels that may be told of this state of this site. */
  public List<String> channels(String site, String state) {
    return rules(site, state).stream().flatMap(rule -> rule.to().stream()).distinct().toList();
  }

  private boolean concerns(Rule rule, String site, String state) {
    Site known = configuration.sites().get(site);
    return rule.on().contains(state)
        && rule.concerns(site, known == null ? List.of() : known.tags());
  }

  private static boolean reached(Rule rule, Event event, boolean missed) {
    Event.Data data = event.data();
    return switch (data.state()) {
      case "failed" ->
          data.failures() >= rule.after()
              && (rule.kinds().isEmpty() || rule.kinds().contains(data.error().kind()));
      case "recovered" -> data.failures() >= rule.after() || missed;
      default -> true;
    };
  }

  private Recipient recipient(String channel, Rule rule, Event.Data data, Instant now) {
    Instant due = rule.digest() == null ? now : now.plus(rule.digest());
    if (rule.quiet() != null && !URGENT.contains(data.state())) {
      due = rule.quiet().over(due, zone(data.site()));
    }
    if (rule.digest() != null) {
      return new Recipient(channel, Recipient.DIGEST + Durations.text(rule.digest()), due);
    }
    if (due.isAfter(now)) {
      return new Recipient(channel, Recipient.QUIET, due);
    }
    Channel known = configuration.channels().get(channel);
    boolean people = known != null && known.forPeople();
    return new Recipient(channel, people ? gathered(data.state()) : null, now);
  }

  private static String gathered(String state) {
    return switch (state) {
      case "failed", "recovered" -> Recipient.GATHER;
      case "missed" -> Recipient.GATHER_MISSED; // that one has to be told soon
      default -> null;
    };
  }

  private ZoneId zone(String site) {
    Site known = configuration.sites().get(site);
    return known == null ? ZoneOffset.UTC : known.zone();
  }
}
