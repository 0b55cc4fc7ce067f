package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.secret.EndpointCheck;
import io.github.camelakeeba.secret.EndpointSecrets;
import io.github.camelakeeba.trigger.message.OptionalComponents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.ScheduledPollEndpoint;

/** One route a trigger, from the template {@code backup-trigger} or {@code backup-hook}. */
public final class TriggerRoutes {
  private final CamelContext context;
  private final List<Trigger> triggers;

  public TriggerRoutes(CamelContext context, List<Trigger> triggers) {
    this.context = context;
    this.triggers = triggers;
    for (Trigger trigger : triggers) {
      EndpointSecrets.register(trigger.from());
      if (trigger.deadLetter() != null) {
        EndpointSecrets.register(trigger.deadLetter());
      }
    }
  }

  /** Throws {@link ConfigurationException} when an endpoint can't be made; connects to nothing. */
  public void check() {
    EndpointCheck endpoints = new EndpointCheck(context);
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < triggers.size(); i++) {
      Trigger trigger = triggers.get(i);
      add(problems, "triggers[%s].from".formatted(i), endpoints.consumed(trigger.from()));
      if (trigger.deadLetter() != null) {
        add(
            problems,
            "triggers[%s].deadLetter".formatted(i),
            endpoints.sentTo(trigger.deadLetter()));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static void add(List<String> problems, String key, String problem) {
    if (problem != null) {
      problems.add("config/sites.yaml: %s: %s".formatted(key, problem));
    }
  }

  /** Adds the routes; {@link TriggerSupervisor} starts them. */
  public void add() throws Exception {
    add(triggers);
  }

  /** Adds the routes of those of these that are enabled. */
  public void add(Collection<Trigger> some) throws Exception {
    for (Trigger trigger : some) {
      if (trigger.enabled()) {
        String uri = ConsumerUri.of(context, trigger);
        Endpoint endpoint = context.getEndpoint(uri);
        configure(endpoint, trigger.name());
        boolean hook = trigger.scheme().equals("servlet");
        TemplatedRouteBuilder.builder(context, hook ? "backup-hook" : "backup-trigger")
            .routeId(TriggerSupervisor.routeId(trigger.name()))
            .parameter("trigger", trigger.name())
            .parameter("endpoint", uri)
            .add();
        if (OptionalComponents.JMS
            && endpoint instanceof JmsEndpoint
            && trigger.reply() == Trigger.ReplyMode.OUTCOME) {
          TemplatedRouteBuilder.builder(context, "backup-reply")
              .routeId(replyRouteId(trigger.name()))
              .parameter("trigger", trigger.name())
              .add();
        }
      }
    }
  }

  /** The route that sends the replies of a trigger which owes some. */
  public static String replyRouteId(String trigger) {
    return "backup-reply-" + trigger;
  }

  private static void configure(Endpoint endpoint, String trigger) {
    ConsumerErrors errors = new ConsumerErrors(trigger, System::nanoTime);
    if (endpoint instanceof DefaultEndpoint any && any.getExceptionHandler() == null) {
      any.setExceptionHandler(errors);
    }
    if (endpoint instanceof ScheduledPollEndpoint polled && polled.getPollStrategy() == null) {
      polled.setPollStrategy(errors);
    }
    if (endpoint instanceof FileEndpoint folder) {
      String lock = folder.getReadLock();
      boolean unlocked = (lock == null || lock.equals("none")) && folder.getDoneFileName() == null;
      folder.setFilter(new InboxFilter(trigger, folder.getFilter(), unlocked, System::nanoTime));
    }
    if (endpoint instanceof GenericFileEndpoint<?> files) {
      if (files.getOnCompletionExceptionHandler() == null) {
        files.setOnCompletionExceptionHandler(errors);
      }
      if (files.getMoveFailed() != null) {
        files.setMoveFailed(new MoveFailedPolicy(files.getMoveFailed()));
      }
    }
    if (OptionalComponents.JMS && endpoint instanceof JmsEndpoint jms) {
      JmsListenerContainer.configure(jms, trigger);
    }
  }
}
