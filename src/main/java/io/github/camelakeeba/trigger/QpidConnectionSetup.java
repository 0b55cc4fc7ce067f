package io.github.camelakeeba.trigger;

import io.github.camelakeeba.trigger.message.OptionalComponents;
import jakarta.jms.ConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.connection.DelegatingConnectionFactory;
import org.springframework.jms.connection.SingleConnectionFactory;

/**
 * What the connections of Qpid's client need, so that a trigger accepts whatever a broker sends.
 * Only where {@link OptionalComponents#JMS} may this class be loaded.
 */
final class QpidConnectionSetup {
  private QpidConnectionSetup() {}

  static void prepare(ConnectionFactory factory) {
    ConnectionFactory inner = unwrap(factory);
    if (inner != null) {
      prepare(inner);
    } else if (OptionalComponents.QPID && factory instanceof JmsConnectionFactory qpid) {
      // a consumer whose wait ends with nothing would ask the broker to drain its credit, and a
      // classic queue of RabbitMQ 3.10 ends the session at that (measured: function_clause in
      // rabbit_classic_queue): who polls would consume nothing
      qpid.setReceiveLocalOnly(true);
      // AMQP knows no bounds for names: a message with "cloudEvents:id" could not be read at all
      qpid.setValidatePropertyNames(false);
    }
  }

  /**
   * The factory within a pool, for the connection that a consumer keeps: a pool keeps the session
   * of a closed consumer, and RabbitMQ 3.10 gives what it was sending to that consumer to nobody
   * until the session ends (measured: "Delivery to non-existent consumer" in its log).
   */
  static ConnectionFactory unpooled(ConnectionFactory factory) {
    return OptionalComponents.QPID
            && OptionalComponents.POOL
            && factory instanceof JmsPoolConnectionFactory pool
            && pool.getConnectionFactory() instanceof JmsConnectionFactory qpid
        ? qpid
        : factory;
  }

  private static ConnectionFactory unwrap(ConnectionFactory factory) {
    if (factory instanceof DelegatingConnectionFactory delegating) {
      return delegating.getTargetConnectionFactory();
    }
    if (factory instanceof SingleConnectionFactory single) {
      return single.getTargetConnectionFactory();
    }
    return OptionalComponents.POOL
            && factory instanceof JmsPoolConnectionFactory pool
            && pool.getConnectionFactory() instanceof ConnectionFactory pooled
        ? pooled
        : null;
  }
}
