package io.github.camelakeeba.cli;

import io.github.camelakeeba.site.ConfigurationException;
import io.github.camelakeeba.site.KnownSecrets;
import java.util.List;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.RuntimeCamelException;

/** Says in one line what is wrong with a route file that somebody has edited. */
final class RouteFault {
  private static final int LONGEST = 400;

  private RouteFault() {}

  /** The fault of a route file behind this; else the exception without Camel's wrapping. */
  static Exception explain(Exception thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof ConfigurationException known) {
        return known;
      }
      if (ofRoute(t)) {
        String text = KnownSecrets.mask(String.valueOf(t.getMessage())).replaceAll("\\s+", " ");
        ConfigurationException fault =
            new ConfigurationException(
                List.of("a route can't be made: " + Terminal.line(text, LONGEST)));
        fault.initCause(thrown);
        return fault;
      }
    }
    return thrown instanceof RuntimeCamelException && thrown.getCause() instanceof Exception cause
        ? cause
        : thrown;
  }

  private static boolean ofRoute(Throwable thrown) {
    return thrown instanceof FailedToCreateRouteException
        || thrown instanceof FailedToStartRouteException
        || thrown instanceof NoSuchEndpointException
        || thrown instanceof ResolveEndpointFailedException
        || thrown.getClass().getName().startsWith("org.apache.camel.dsl.yaml.")
        || thrown.getClass().getName().startsWith("org.snakeyaml.");
  }
}
