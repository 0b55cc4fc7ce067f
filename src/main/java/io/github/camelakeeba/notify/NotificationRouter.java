package io.github.camelakeeba.notify;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.NotificationRule;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.Recipient;
import io.github.camelakeeba.event.SiteHealth;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The recipients of an event by the rules of {@code notify}. */
public final class NotificationRouter {
  /** The results of a restore test. */
  public static final List<String> PROOFS = List.of("proved", "unproved", "untested");

  /** What a rule may name: the states of a backup, and the results of a restore test. */
  public static final List<String> STATES =
      Stream.concat(
              Stream.of("started", "completed", "warning", "failed", "missed", "recovered"),
              PROOFS.stream())
          .toList();

  /** Despite quiet hours. */
  private static final Set<String> URGENT = Set.of("failed", "missed", "unproved");

  private final Configuration configuration;

  public NotificationRouter(Configuration configuration) {
    this.configuration = configuration;
  }

  /** The health is that of the site before the event; null where it makes no difference. */
  public List<Recipient> recipients(Event event, SiteHealth before) {
    return recipientsOf(event, before != null && before.missedAt() != null, event.time());
  }

  /** Every matching rule's channels, each once; {@code missed}: overdue before it recovered. */
  public List<Recipient> recipientsOf(Event event, boolean missed, Instant now) {
    return recipientsOf(event, now, rule -> reachesThreshold(rule, event, missed));
  }

  /** Of the rules with reminders those for which one is due. */
  public List<Recipient> reminderRecipients(
      Event event, Predicate<NotificationRule> due, Instant now) {
    return recipientsOf(
        event,
        now,
        rule -> rule.remind() != null && reachesThreshold(rule, event, true) && due.test(rule));
  }

  private List<Recipient> recipientsOf(Event event, Instant now, Predicate<NotificationRule> also) {
    Event.Data data = event.data();
    Map<String, Recipient> recipients = new LinkedHashMap<>();
    for (NotificationRule rule : configuration.rules()) {
      if (appliesTo(rule, data.site(), data.state()) && also.test(rule)) {
        for (String channel : rule.to()) {
          recipients.merge(channel, recipient(channel, rule, data, now), Recipient::moreUrgent);
        }
      }
    }
    return List.copyOf(recipients.values());
  }

  public List<NotificationRule> rulesFor(String site, String state) {
    return configuration.rules().stream().filter(rule -> appliesTo(rule, site, state)).toList();
  }

  public List<String> channelsFor(String site, String state) {
    return rulesFor(site, state).stream().flatMap(rule -> rule.to().stream()).distinct().toList();
  }

  /** Who hears of a site at all, in the order of the rules' states; conditions are left out. */
  public List<NotifiedChannel> notified(String site) {
    Map<String, List<String>> states = new LinkedHashMap<>();
    Site known = configuration.sites().get(site);
    boolean tested = known != null && known.proof().isTested();
    for (String state : STATES) {
      if (tested || !PROOFS.contains(state)) {
        channelsFor(site, state)
            .forEach(name -> states.computeIfAbsent(name, key -> new ArrayList<>()).add(state));
      }
    }
    return states.entrySet().stream()
        .filter(one -> configuration.channels().containsKey(one.getKey()))
        .map(
            one ->
                new NotifiedChannel(
                    one.getKey(),
                    configuration.channels().get(one.getKey()).type(),
                    List.copyOf(one.getValue())))
        .toList();
  }

  private boolean appliesTo(NotificationRule rule, String site, String state) {
    Site known = configuration.sites().get(site);
    return isOn(rule, state) && rule.matchesSite(site, known == null ? List.of() : known.tags());
  }

  /**
   * Who asks to be told that a backup is not proved is told, too, that it could not be tested: else
   * a test that is never made would pass in silence.
   */
  private static boolean isOn(NotificationRule rule, String state) {
    return rule.on().contains(state) || state.equals("untested") && rule.on().contains("unproved");
  }

  private static boolean reachesThreshold(NotificationRule rule, Event event, boolean missed) {
    Event.Data data = event.data();
    return switch (data.state()) {
      case "failed" ->
          data.failures() >= rule.after()
              && (rule.kinds().isEmpty() || rule.kinds().contains(data.error().kind()));
      case "recovered" -> data.failures() >= rule.after() || missed;
      default -> true;
    };
  }

  private Recipient recipient(String channel, NotificationRule rule, Event.Data data, Instant now) {
    Instant due = rule.digest() == null ? now : now.plus(rule.digest());
    if (rule.quiet() != null && !URGENT.contains(data.state())) {
      due = rule.quiet().endAfter(due, zone(data.site()));
    }
    if (rule.digest() != null) {
      return new Recipient(channel, Recipient.DIGEST + Durations.format(rule.digest()), due);
    }
    if (due.isAfter(now)) {
      return new Recipient(channel, Recipient.QUIET, due);
    }
    Channel known = configuration.channels().get(channel);
    boolean people = known != null && known.isReadByPeople();
    return new Recipient(channel, people ? gatherWindow(data.state()) : null, now);
  }

  private static String gatherWindow(String state) {
    return switch (state) {
      case "failed", "recovered", "unproved", "untested" -> Recipient.GATHER;
      case "missed" -> Recipient.GATHER_MISSED; // urgent
      default -> null;
    };
  }

  private ZoneId zone(String site) {
    Site known = configuration.sites().get(site);
    return known == null ? ZoneOffset.UTC : known.zone();
  }
}
