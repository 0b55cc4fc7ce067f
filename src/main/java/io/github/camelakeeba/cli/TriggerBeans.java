package io.github.camelakeeba.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.run.Api;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.Runs;
import io.github.camelakeeba.run.TriggerStates;
import io.github.camelakeeba.site.Timings;
import io.github.camelakeeba.site.Trigger;
import io.github.camelakeeba.trigger.Arrivals;
import io.github.camelakeeba.trigger.Hooks;
import io.github.camelakeeba.trigger.OwedReplies;
import io.github.camelakeeba.trigger.Refusals;
import io.github.camelakeeba.trigger.Replies;
import io.github.camelakeeba.trigger.Triggers;
import io.github.camelakeeba.trigger.Wishes;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** What the routes of the triggers ask. */
public final class TriggerBeans {
  private final Triggers triggers;
  private final Arrivals arrivals;
  private final Wishes wishes;
  private final Refusals refusals;
  private final Replies replies;
  private final OwedReplies owed;
  private final Hooks hooks;

  TriggerBeans(
      CamelContext context,
      List<Trigger> configured,
      RequestReader reader,
      Api api,
      Runs runs,
      DataSource store,
      ObjectMapper json,
      Timings timings,
      Clock clock) {
    Map<String, Trigger> enabled = new LinkedHashMap<>();
    configured.stream()
        .filter(Trigger::enabled)
        .forEach(trigger -> enabled.put(trigger.name(), trigger));
    triggers = new Triggers(context, enabled.keySet(), clock);
    arrivals = new Arrivals(enabled);
    wishes = new Wishes(enabled, reader, clock);
    refusals = new Refusals(enabled);
    owed = new OwedReplies(enabled, store, timings, clock);
    replies = new Replies(triggers, enabled, api, runs, owed, json);
    hooks = new Hooks(enabled, triggers, api, runs);
  }

  void bind(Registry registry) {
    registry.bind("backup-triggers", triggers);
    registry.bind("backup-trigger-states", (TriggerStates) triggers::states);
    registry.bind("backup-arrivals", arrivals);
    registry.bind("backup-wishes", wishes);
    registry.bind("backup-refusals", refusals);
    registry.bind("backup-trigger-replies", replies);
    registry.bind("backup-owed-replies", owed);
    registry.bind("backup-hooks", hooks);
  }

  /** At the start of a service: what nobody sends any more is given up. */
  void enter() {
    owed.giveUpStrangers();
  }

  /** How the triggers stand. */
  public Triggers triggers() {
    return triggers;
  }
}
