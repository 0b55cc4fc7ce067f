package io.github.camelakeeba.service;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.SecretMasker;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.RuntimeCamelException;

/** Explains in one line what is wrong with an edited route file. */
final class RouteErrors {
  private RouteErrors() {}

  /** The route file's error, with the differences of the home; else without Camel's wrapping. */
  static Exception explain(Exception thrown, Function<String, List<String>> differences) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof ConfigurationException known) {
        return known;
      }
      if (isRouteFault(t)) {
        String text = SecretMasker.mask(String.valueOf(t.getMessage())).replaceAll("\\s+", " ");
        List<String> problems = new ArrayList<>(differences.apply(text));
        problems.add(0, "a route can't be made: " + UntrustedText.oneLine(text, 400));
        ConfigurationException fault = new ConfigurationException(problems);
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
