package io.github.camelakeeba.logging;

import io.github.camelakeeba.archive.FileDownload;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.run.Run;
import java.util.List;
import java.util.Objects;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.MDC;

/**
 * Sets the MDC (site, run, trigger) around each step of our routes, by what its exchange carries: a
 * run, the delivery of an event, a file that is downloaded. The routes of a host are left alone.
 */
public final class RunLoggingContext implements InterceptStrategy {
  /** Variables that name it while the body is something else; without them the body does. */
  private static final List<String> SUBJECTS =
      List.of("backup-run", "backup-delivery", "akeeba-file");

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
    NamedNode route = definition;
    while (route.getParent() != null) {
      route = route.getParent();
    }
    boolean ours = route.getId() != null && route.getId().matches("(backup|akeeba)-.*");
    return ours ? new Step(target) : target;
  }

  public void setRun(Run run, Runnable task) {
    Context before = Context.current();
    Context.of(run).set();
    try {
      task.run();
    } finally {
      before.set();
    }
  }

  private static final class Step extends DelegateAsyncProcessor {
    Step(Processor target) {
      super(target);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      Context context = Context.of(exchange);
      if (context == null || context.isSet()) {
        return super.process(exchange, callback);
      }
      Context before = Context.current();
      context.set();
      try {
        return super.process(exchange, callback);
      } finally {
        before.set();
      }
    }
  }

  private record Context(String site, String run, String trigger) {
    /** Of the exchange's subject, or null: then the thread's context stays. */
    static Context of(Exchange exchange) {
      Object subject = subject(exchange);
      if (subject instanceof Run run) {
        return of(run);
      }
      if (subject instanceof Delivery delivery && delivery.message() instanceof Event event) {
        return new Context(event.data().site(), event.data().run(), event.data().trigger());
      }
      return subject instanceof FileDownload download
          ? new Context(download.site().name(), null, null)
          : null;
    }

    private static Object subject(Exchange exchange) {
      if (exchange.hasVariables()) {
        for (String name : SUBJECTS) {
          Object subject = exchange.getVariable(name);
          if (subject != null) {
            return subject;
          }
        }
      }
      return exchange.getMessage().getBody();
    }

    static Context of(Run run) {
      return new Context(run.site(), run.id(), run.request().trigger());
    }

    static Context current() {
      return new Context(MDC.get("site"), MDC.get("run"), MDC.get("trigger"));
    }

    boolean isSet() {
      return Objects.equals(run, MDC.get("run")) && Objects.equals(site, MDC.get("site"));
    }

    void set() {
      put("site", site);
      put("run", run);
      put("trigger", trigger);
    }

    private static void put(String key, String value) {
      if (value == null) {
        MDC.remove(key);
      } else {
        MDC.put(key, value);
      }
    }
  }
}
