package io.github.camelakeeba.service;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.SecretMasker;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.List;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.RuntimeCamelException;

/** Says in one line what is wrong with a route file that somebody has edited. */
final class RouteErrors {
  private static final int MAX_LENGTH = 400;

  private RouteErrors() {}

  /** The fault of a route file behind this; else the exception without Camel's wrapping. */
  static Exception explain(Exception thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof ConfigurationException known) {
        return known;
      }
      if (isRouteFault(t)) {
        String text = SecretMasker.mask(String.valueOf(t.getMessage())).replaceAll("\\s+", " ");
        ConfigurationException fault =
            new ConfigurationException(
                List.of("a route can't be made: " + UntrustedText.oneLine(text, MAX_LENGTH)));
        fault.initCause(thrown);
        return fault;
      }
    }
    return thrown instanceof RuntimeCamelException && thrown.getCause() instanceof Exception cause
        ? cause
        : thrown;
  }

  private static boolean isRouteFault(Throwable thrown) {
    return thrown instanceof FailedToCreateRouteException
        || thrown instanceof FailedToStartRouteException
        || thrown instanceof NoSuchEndpointException
        || thrown instanceof ResolveEndpointFailedException
        || thrown.getClass().getName().startsWith("org.apache.camel.dsl.yaml.")
        || thrown.getClass().getName().startsWith("org.snakeyaml.");
  }
}
