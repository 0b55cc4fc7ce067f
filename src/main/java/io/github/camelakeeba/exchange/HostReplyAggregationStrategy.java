package io.github.camelakeeba.exchange;

import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * What comes into a host's exchange of the work that was done for it on a copy: the answer's body
 * and headers, or the exception. The host's own headers, variables and properties stay.
 */
public final class HostReplyAggregationStrategy implements AggregationStrategy {
  private static final String VARIABLE_PREFIX = "backup-";
  private static final String KAMELET_PREFIX = VARIABLE_PREFIX + "kamelet-";

  @Override
  public Exchange aggregate(Exchange host, Exchange work) {
    List.copyOf(host.getVariables().keySet()).stream()
        .filter(name -> name.startsWith(KAMELET_PREFIX))
        .forEach(host::removeVariable);
    if (work.getException() != null) {
      host.setException(work.getException());
    } else {
      host.getMessage().setBody(work.getMessage().getBody());
      host.getMessage().getHeaders().putAll(work.getMessage().getHeaders());
    }
    return host;
  }

  /**
   * What the host says beside the body, or null: a property of the Kamelet that has called, else
   * the host's variable {@code backup-<name>}.
   */
  public static String option(Exchange exchange, String name) {
    String ofKamelet = exchange.getVariable(KAMELET_PREFIX + name, String.class);
    return ofKamelet == null
        ? exchange.getVariable(VARIABLE_PREFIX + name, String.class)
        : ofKamelet;
  }
}
