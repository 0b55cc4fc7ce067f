package io.github.camelakeeba.trigger;

import jakarta.jms.ConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.connection.DelegatingConnectionFactory;
import org.springframework.jms.connection.SingleConnectionFactory;

/**
 * Consumers of Qpid's client wait for what the broker sends. By default one whose wait ends with
 * nothing asks the broker to drain its credit, and a classic queue of RabbitMQ 3.10 ends the
 * session at that (measured: {@code function_clause} in {@code rabbit_classic_queue}), so that who
 * polls consumes nothing.
 */
final class LocalReceive {
  private LocalReceive() {}

  /** Sets it, where this is Qpid's factory or is one around it. */
  static void of(ConnectionFactory factory) {
    ConnectionFactory inner = within(factory);
    if (inner != null) {
      of(inner);
    } else if (Components.QPID && factory instanceof JmsConnectionFactory qpid) {
      qpid.setReceiveLocalOnly(true);
    }
  }

  private static ConnectionFactory within(ConnectionFactory factory) {
    if (factory instanceof DelegatingConnectionFactory delegating) {
      return delegating.getTargetConnectionFactory();
    }
    if (factory instanceof SingleConnectionFactory single) {
      return single.getTargetConnectionFactory();
    }
    return Components.POOL
            && factory instanceof JmsPoolConnectionFactory pool
            && pool.getConnectionFactory() instanceof ConnectionFactory pooled
        ? pooled
        : null;
  }
}
