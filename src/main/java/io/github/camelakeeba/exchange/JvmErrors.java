package io.github.camelakeeba.exchange;

import org.apache.camel.Exchange;

/**
 * Errors of the Java machine itself, such as no memory left. They are the failure of no run,
 * message or request, and nothing may go on as if they were: what they met stays as the store has
 * it.
 */
public final class JvmErrors {
  /** Throws the error on, out of the {@code doCatch} that has caught it. */
  public void rethrow(Exchange exchange) {
    Throwable caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    // Camel wraps what is no exception
    for (Throwable t = caught; t != null; t = t.getCause()) {
      if (t instanceof VirtualMachineError error) {
        throw error;
      }
    }
  }
}
