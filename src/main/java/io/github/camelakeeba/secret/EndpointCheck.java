package io.github.camelakeeba.secret;

import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.spi.UriEndpoint;

/**
 * Whether endpoints of the configuration can be made; connects to nothing. No text holds a URI: it
 * may carry a password. What they hold of secrets is masked from then on.
 */
public final class EndpointCheck {
  private static final String JMS = "org.apache.camel.component.jms.JmsComponent";

  private final CamelContext context;

  public EndpointCheck(CamelContext context) {
    this.context = context;
  }

  /** Why nothing can be consumed from the endpoint; null: it can. */
  public String consumed(Secret uri) {
    return problem(uri, UriEndpoint::producerOnly, "consumed from");
  }

  /** Why nothing can be sent to the endpoint; null: it can. */
  public String sentTo(Secret uri) {
    return problem(uri, UriEndpoint::consumerOnly, "sent to");
  }

  private String problem(Secret uri, Predicate<UriEndpoint> otherWay, String way) {
    EndpointSecrets.register(uri);
    try {
      UriEndpoint known =
          context.getEndpoint(uri.reveal()).getClass().getAnnotation(UriEndpoint.class);
      return known != null && otherWay.test(known)
          ? "nothing can be %s '%s'".formatted(way, scheme(uri))
          : null;
    } catch (NoSuchEndpointException e) {
      return missing(scheme(uri));
    } catch (RuntimeException e) {
      return "is no endpoint that can be made: "
          + UntrustedText.rootCause(e).replace(uri.reveal(), "***");
    }
  }

  /** AMQP is spoken by a component that the user names so, as docs/how-to/notify-a-bus.md says. */
  private String missing(String component) {
    String add =
        component.equals("amqp") && context.getClassResolver().resolveClass(JMS) != null
            ? "let camel.beans.amqp in config/application.properties make one"
            : ComponentKit.howToAddComponent(component);
    return "there is no component '%s'; %s".formatted(component, add);
  }

  private static String scheme(Secret uri) {
    return uri.reveal().replaceFirst("(?s):.*", "");
  }
}
