package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.ServerText;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.component.jms.JmsConsumer;
import org.apache.camel.component.kafka.KafkaConsumer;
import org.apache.camel.component.kafka.TaskHealthState;

/** Whether a consumer reaches what it consumes, as far as it can be seen from outside. */
final class Connection {
  /** A consumer of Kafka connects after it has started; milliseconds. */
  private static final long TIME_TO_CONNECT = 10_000;

  private static final int LONGEST_REASON = 300;

  private Connection() {}

  /** What is wrong, or null. */
  static String trouble(Route route) throws Exception {
    Consumer consumer = route.getConsumer();
    if (Components.KAFKA
        && consumer instanceof KafkaConsumer kafka
        && route.getUptimeMillis() > TIME_TO_CONNECT) {
      return kafka(kafka);
    }
    if (Components.JMS
        && consumer instanceof JmsConsumer jms
        && jms.getListenerContainer() instanceof JmsListenerContainer container) {
      return container.trouble();
    }
    if (consumer.getEndpoint() instanceof org.apache.camel.support.DefaultEndpoint endpoint
        && endpoint.getExceptionHandler() instanceof Faults faults) {
      return faults.trouble();
    }
    return null;
  }

  private static String kafka(KafkaConsumer consumer) {
    for (TaskHealthState state : consumer.healthStates()) {
      if (!state.isReady()) {
        return state.getLastError() == null
            ? "no connection to the broker"
            : ServerText.reason(state.getLastError(), LONGEST_REASON);
      }
    }
    return null;
  }
}
