package io.github.camelakeeba.trigger;

import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.trigger.message.OptionalComponents;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsConsumer;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.apache.camel.component.kafka.TaskHealthState;

/** Whether a consumer reaches what it consumes. */
final class ConsumerStatus {
  private static final long CONNECT_TIMEOUT_MILLIS = 10_000; // Kafka's connects after it started

  private ConsumerStatus() {}

  static String problem(Route route) throws Exception {
    Consumer consumer = route.getConsumer();
    if (OptionalComponents.KAFKA
        && consumer instanceof KafkaConsumer kafka
        && route.getUptimeMillis() > CONNECT_TIMEOUT_MILLIS) {
      return kafka(kafka);
    }
    if (OptionalComponents.JMS
        && consumer instanceof JmsConsumer jms
        && jms.getListenerContainer() instanceof JmsListenerContainer container) {
      return container.problem();
    }
    if (consumer.getEndpoint() instanceof org.apache.camel.support.DefaultEndpoint endpoint
        && endpoint.getExceptionHandler() instanceof ConsumerErrors errors) {
      return errors.problem();
    }
    return null;
  }

  private static String kafka(KafkaConsumer consumer) {
    for (TaskHealthState state : consumer.healthStates()) {
      if (!state.isReady()) {
        Exception error = state.getLastError();
        return error == null ? "no connection to the broker" : UntrustedText.rootCause(error);
      }
    }
    return null;
  }
}
