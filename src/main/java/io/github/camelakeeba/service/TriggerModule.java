package io.github.camelakeeba.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.config.live.CurrentConfiguration;
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
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;

/** The beans of the routes of the triggers. */
public record TriggerModule(TriggerSupervisor triggers, PendingReplies pendingReplies) {
  static final String TRIGGERS = "backup-triggers"; // counts and watches the triggers
  static final String TRIGGER_STATUS = "backup-trigger-status"; // how the triggers are
  static final String INBOUND_MESSAGES = "backup-inbound-messages"; // reads a message of any kind
  static final String REQUEST_MAPPER = "backup-request-mapper"; // makes a request of a message
  static final String REJECTIONS = "backup-rejections"; // refuses messages, with the reason
  static final String TRIGGER_REPLIES = "backup-trigger-replies"; // answers the sender
  static final String PENDING_REPLIES = "backup-pending-replies"; // keeps replies until the end

  static TriggerModule bind(
      BeanBinder beans,
      CamelContext context,
      CurrentConfiguration configuration,
      ReloadModule reloads,
      RequestReader reader,
      BackupResource api,
      RunQueries runs,
      DataSource store,
      IsolatedExchanges exchanges,
      ObjectMapper json,
      Timings timings,
      Clock clock) {
    Map<String, Trigger> enabled = configuration.derivedMap(TriggerModule::enabled);
    TriggerSupervisor triggers =
        beans.bind(TRIGGERS, new TriggerSupervisor(context, enabled.keySet(), clock));
    beans.<TriggerStatusProvider>bind(TRIGGER_STATUS, triggers::states);
    beans.bind(INBOUND_MESSAGES, new InboundMessageReader(enabled));
    beans.bind(REQUEST_MAPPER, new RequestMapper(enabled, reader, clock));
    beans.bind(REJECTIONS, new Rejections(enabled, triggers, exchanges));
    PendingReplies replies =
        beans.bind(PENDING_REPLIES, new PendingReplies(enabled, store, exchanges, timings, clock));
    beans.bind(TRIGGER_REPLIES, new TriggerReplies(triggers, enabled, api, runs, replies, json));
    // one that goes, or changes, is not started again while it is being stopped
    reloads.before((before, next) -> triggers.follow(unchanged(before, next)));
    reloads.after((before, next) -> triggers.follow(enabled(next).keySet()));
    reloads.tidy(replies::discardForRemovedTriggers);
    return new TriggerModule(triggers, replies);
  }

  private static Map<String, Trigger> enabled(Configuration configuration) {
    Map<String, Trigger> enabled = new LinkedHashMap<>();
    configuration.triggers().stream()
        .filter(Trigger::enabled)
        .forEach(trigger -> enabled.put(trigger.name(), trigger));
    return enabled;
  }

  static Set<String> unchanged(Configuration before, Configuration next) {
    Map<String, Trigger> now = enabled(next);
    return enabled(before).values().stream()
        .filter(trigger -> trigger.equals(now.get(trigger.name())))
        .map(Trigger::name)
        .collect(Collectors.toSet());
  }
}
