package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.secret.EndpointSecrets;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.trigger.message.OptionalComponents;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.spi.UriEndpoint;
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
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < triggers.size(); i++) {
      check("triggers[%s].from".formatted(i), triggers.get(i).from(), true, problems);
      if (triggers.get(i).deadLetter() != null) {
        check(
            "triggers[%s].deadLetter".formatted(i), triggers.get(i).deadLetter(), false, problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private void check(String key, Secret uri, boolean consumed, List<String> problems) {
    String problem = problem(uri, consumed);
    if (problem != null) {
      problems.add("config/sites.yaml: %s: %s".formatted(key, problem));
    }
  }

  private String problem(Secret uri, boolean consumed) {
    try {
      UriEndpoint endpoint =
          context.getEndpoint(uri.reveal()).getClass().getAnnotation(UriEndpoint.class);
      return endpoint != null && (consumed ? endpoint.producerOnly() : endpoint.consumerOnly())
          ? "nothing can be %s '%s'"
              .formatted(consumed ? "consumed from" : "sent to", Trigger.scheme(uri))
          : null;
    } catch (NoSuchEndpointException e) {
      return "there is no component '%s'; put its jar, and those that it needs, into lib/"
          .formatted(Trigger.scheme(uri));
    } catch (RuntimeException e) {
      return "is no endpoint that can be made: "
          + UntrustedText.rootCause(e).replace(uri.reveal(), "***");
    }
  }

  /** Adds the routes; {@link TriggerSupervisor} starts them. */
  public void add() throws Exception {
    for (Trigger trigger : triggers) {
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
              .routeId("backup-reply-" + trigger.name())
              .parameter("trigger", trigger.name())
              .add();
        }
      }
    }
  }

  private static void configure(Endpoint endpoint, String trigger) {
    ConsumerErrors errors = new ConsumerErrors(trigger);
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
