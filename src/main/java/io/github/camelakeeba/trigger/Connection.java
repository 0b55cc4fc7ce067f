package io.github.camelakeeba.trigger;

import org.apache.camel.Consumer;
import org.apache.camel.component.jms.JmsConsumer;
import org.springframework.jms.listener.DefaultMessageListenerContainer;

/** Whether a consumer reaches what it consumes, as far as it can be seen from outside. */
final class Connection {
  private Connection() {}

  /** What is wrong, or null. */
  static String trouble(Consumer consumer) throws Exception {
    if (consumer instanceof JmsConsumer jms
        && jms.getListenerContainer() instanceof DefaultMessageListenerContainer container
        && container.isRecovering()) {
      return "no connection to the broker";
    }
    if (consumer.getEndpoint() instanceof org.apache.camel.support.DefaultEndpoint endpoint
        && endpoint.getExceptionHandler() instanceof Faults faults) {
      return faults.trouble();
    }
    return null;
  }
}
