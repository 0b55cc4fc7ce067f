package io.github.camelakeeba.exchange;

import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * What a host's exchange gets of the work that was done for it on a copy: the reply's body and
 * headers, or the exception, and the request that has had no answer yet. The host's own headers,
 * variables and properties stay.
 */
public final class HostReplyAggregationStrategy implements AggregationStrategy {
  /** The property of a host's request that has had no answer yet. */
  public static final String PENDING_REQUEST = "backup-pending-request";

  private static final String VARIABLE_PREFIX = "backup-";
  private static final String KAMELET_PREFIX = VARIABLE_PREFIX + "kamelet-";

  @Override
  public Exchange aggregate(Exchange host, Exchange work) {
    List.copyOf(host.getVariables().keySet()).stream()
        .filter(name -> name.startsWith(KAMELET_PREFIX))
        .forEach(host::removeVariable);
    host.setProperty(PENDING_REQUEST, work.getProperty(PENDING_REQUEST));
    if (work.getException() != null) {
      host.setException(work.getException());
    } else {
      host.getMessage().setBody(work.getMessage().getBody());
      host.getMessage().getHeaders().putAll(work.getMessage().getHeaders());
    }
    return host;
  }

  /**
   * An option beside the body, or null: a property of the Kamelet that has called, else the host's
   * variable {@code backup-<name>}; a blank one is none.
   */
  public static String option(Exchange exchange, String name) {
    String ofKamelet = exchange.getVariable(KAMELET_PREFIX + name, String.class);
    String text =
        ofKamelet == null ? exchange.getVariable(VARIABLE_PREFIX + name, String.class) : ofKamelet;
    return text == null || text.isBlank() ? null : text.strip();
  }
}
