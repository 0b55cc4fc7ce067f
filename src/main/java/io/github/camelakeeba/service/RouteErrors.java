package io.github.camelakeeba.service;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.secret.ComponentKit;
import io.github.camelakeeba.secret.SecretMasker;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.RuntimeCamelException;

/** Explains in one line what is wrong with an edited route file, or which part is not installed. */
final class RouteErrors {
  /** Of a key {@code camel.component.…} in application.properties. */
  private static final Pattern NO_COMPONENT =
      Pattern.compile(
          "Error configuring property: (\\S+) because cannot find component with name (\\S+?)[.] ");

  private static final Pattern NO_ENDPOINT =
      Pattern.compile("No endpoint could be found for: ([A-Za-z][A-Za-z0-9.+-]*):");

  private RouteErrors() {}

  /** The route file's error, with the differences of the home; else without Camel's wrapping. */
  static Exception explain(Exception thrown, Function<String, List<String>> differences) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof ConfigurationException known) {
        return known;
      }
      String missing = missing(t);
      if (missing != null) {
        return problems(List.of(missing), thrown);
      }
      if (isRouteFault(t)) {
        String text = SecretMasker.mask(String.valueOf(t.getMessage())).replaceAll("\\s+", " ");
        List<String> problems = new ArrayList<>(differences.apply(text));
        problems.add(0, "a route can't be made: " + UntrustedText.oneLine(text, 400) + add(text));
        return problems(problems, thrown);
      }
    }
    return thrown instanceof RuntimeCamelException && thrown.getCause() instanceof Exception cause
        ? cause
        : thrown;
  }

  private static ConfigurationException problems(List<String> problems, Exception thrown) {
    ConfigurationException fault = new ConfigurationException(problems);
    fault.initCause(thrown);
    return fault;
  }

  /** What of the user's own configuration of Camel names a jar that is not there; null: nothing. */
  private static String missing(Throwable thrown) {
    if (thrown instanceof ClassNotFoundException && thrown.getMessage() != null) {
      String type = UntrustedText.oneLine(thrown.getMessage(), 200);
      return "there is no class '%s', which config/application.properties or a route names; %s"
          .formatted(type, ComponentKit.howToAddClass(type));
    }
    Matcher component = NO_COMPONENT.matcher(String.valueOf(thrown.getMessage()));
    return component.find()
        ? "config/application.properties: %s: there is no component '%s'; %s"
            .formatted(
                component.group(1),
                component.group(2),
                ComponentKit.howToAddComponent(component.group(2)))
        : null;
  }

  private static String add(String text) {
    Matcher endpoint = NO_ENDPOINT.matcher(text);
    return endpoint.find() ? "; " + ComponentKit.howToAddComponent(endpoint.group(1)) : "";
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
