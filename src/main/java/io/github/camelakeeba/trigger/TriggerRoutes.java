package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.secret.EndpointSecrets;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.trigger.message.OptionalComponents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** One route a trigger, from the template {@code backup-trigger}. */
public final class TriggerRoutes {

  private final CamelContext context;
  private final List<Trigger> triggers;

  /** For these triggers; from here on the passwords in their endpoints are known. */
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
      check(i, "from", triggers.get(i).from(), problems);
      if (triggers.get(i).deadLetter() != null) {
        check(i, "deadLetter", triggers.get(i).deadLetter(), problems);
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private void check(int position, String key, Secret uri, List<String> problems) {
    try {
      oneWay(context.getEndpoint(uri.reveal()), key.equals("from"))
          .map(what -> "nothing can be %s '%s'".formatted(what, Trigger.scheme(uri)))
          .ifPresent(problem -> problems.add(problem(position, key, problem)));
    } catch (RuntimeException e) {
      problems.add(problem(position, key, rejectionReason(uri, e)));
    }
  }

  private static String problem(int position, String key, String what) {
    return "config/sites.yaml: triggers[%s].%s: %s".formatted(position, key, what);
  }

  private static Optional<String> oneWay(Endpoint endpoint, boolean consumed) {
    UriEndpoint known = endpoint.getClass().getAnnotation(UriEndpoint.class);
    return known == null || !(consumed ? known.producerOnly() : known.consumerOnly())
        ? Optional.empty()
        : Optional.of(consumed ? "consumed from" : "sent to");
  }

  private static String rejectionReason(Secret uri, RuntimeException thrown) {
    return thrown instanceof NoSuchEndpointException
        ? "there is no component '%s'; put its jar, and those that it needs, into lib/"
            .formatted(Trigger.scheme(uri))
        : "is no endpoint that can be made: "
            + UntrustedText.rootCause(thrown).replace(uri.reveal(), "***");
  }

  /** Adds them; the watch starts them. */
  public void add() throws Exception {
    for (Trigger trigger : triggers) {
      if (trigger.enabled()) {
        String uri = ConsumerUri.of(context, trigger);
        configureEndpoint(trigger.name(), uri);
        if (OptionalComponents.JMS && context.getEndpoint(uri) instanceof JmsEndpoint jms) {
          JmsListenerContainer.configure(jms, trigger.name());
        }
        boolean hook = trigger.scheme().equals("servlet");
        TemplatedRouteBuilder.builder(context, hook ? "backup-hook" : "backup-trigger")
            .routeId(TriggerSupervisor.routeId(trigger.name()))
            .parameter("trigger", trigger.name())
            .parameter("endpoint", uri)
            .add();
        if (OptionalComponents.JMS
            && context.getEndpoint(uri) instanceof JmsEndpoint
            && trigger.reply() == Trigger.ReplyMode.OUTCOME) {
          TemplatedRouteBuilder.builder(context, "backup-reply")
              .routeId("backup-reply-" + trigger.name())
              .parameter("trigger", trigger.name())
              .add();
        }
      }
    }
  }

  private void configureEndpoint(String trigger, String uri) {
    ConsumerErrors faults = new ConsumerErrors(trigger);
    if (context.getEndpoint(uri) instanceof DefaultEndpoint endpoint
        && endpoint.getExceptionHandler() == null) {
      endpoint.setExceptionHandler(faults);
    }
    if (context.getEndpoint(uri) instanceof ScheduledPollEndpoint polled
        && polled.getPollStrategy() == null) {
      polled.setPollStrategy(faults);
    }
    if (context.getEndpoint(uri) instanceof FileEndpoint folder) {
      String lock = folder.getReadLock();
      boolean settling = (lock == null || lock.equals("none")) && folder.getDoneFileName() == null;
      folder.setFilter(new InboxFilter(trigger, folder.getFilter(), settling, System::nanoTime));
    }
    if (context.getEndpoint(uri) instanceof GenericFileEndpoint<?> files) {
      if (files.getOnCompletionExceptionHandler() == null) {
        files.setOnCompletionExceptionHandler(faults);
      }
      if (files.getMoveFailed() != null) {
        files.setMoveFailed(new MoveFailedPolicy(files.getMoveFailed()));
      }
    }
  }
}
