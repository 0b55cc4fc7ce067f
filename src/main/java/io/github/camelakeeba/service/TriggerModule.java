package io.github.camelakeeba.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.rest.BackupResource;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.trigger.PendingReplies;
import io.github.camelakeeba.trigger.Rejections;
import io.github.camelakeeba.trigger.RequestMapper;
import io.github.camelakeeba.trigger.TriggerReplies;
import io.github.camelakeeba.trigger.TriggerSupervisor;
import io.github.camelakeeba.trigger.message.InboundMessageReader;
import io.github.camelakeeba.watch.TriggerStatusProvider;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** What the routes of the triggers ask. */
public final class TriggerModule {
  static final String TRIGGERS = "backup-triggers"; // counts and watches the triggers
  static final String TRIGGER_STATUS = "backup-trigger-status"; // how the triggers are
  static final String INBOUND_MESSAGES = "backup-inbound-messages"; // reads a message of any kind
  static final String REQUEST_MAPPER = "backup-request-mapper"; // makes a request of a message
  static final String REJECTIONS = "backup-rejections"; // refuses messages, with the reason
  static final String TRIGGER_REPLIES = "backup-trigger-replies"; // answers the sender
  static final String PENDING_REPLIES = "backup-pending-replies"; // keeps replies until the end

  private final TriggerSupervisor triggers;
  private final InboundMessageReader arrivals;
  private final RequestMapper wishes;
  private final Rejections refusals;
  private final TriggerReplies replies;
  private final PendingReplies owed;

  TriggerModule(
      CamelContext context,
      List<Trigger> configured,
      RequestReader reader,
      BackupResource api,
      RunQueries runs,
      DataSource store,
      IsolatedExchanges exchanges,
      ObjectMapper json,
      Timings timings,
      Clock clock) {
    Map<String, Trigger> enabled = new LinkedHashMap<>();
    configured.stream()
        .filter(Trigger::enabled)
        .forEach(trigger -> enabled.put(trigger.name(), trigger));
    triggers = new TriggerSupervisor(context, enabled.keySet(), clock);
    arrivals = new InboundMessageReader(enabled);
    wishes = new RequestMapper(enabled, reader, clock);
    refusals = new Rejections(enabled, triggers, exchanges);
    owed = new PendingReplies(enabled, store, exchanges, timings, clock);
    replies = new TriggerReplies(triggers, enabled, api, runs, owed, json);
  }

  void bind(Registry registry) {
    registry.bind(TRIGGERS, triggers);
    registry.bind(TRIGGER_STATUS, (TriggerStatusProvider) triggers::states);
    registry.bind(INBOUND_MESSAGES, arrivals);
    registry.bind(REQUEST_MAPPER, wishes);
    registry.bind(REJECTIONS, refusals);
    registry.bind(TRIGGER_REPLIES, replies);
    registry.bind(PENDING_REPLIES, owed);
  }

  /** At the start of a service: what nobody sends any more is given up. */
  void start() {
    owed.discardForRemovedTriggers();
  }

  public TriggerSupervisor triggers() {
    return triggers;
  }
}
