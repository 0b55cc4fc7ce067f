package io.github.camelakeeba.trigger.message;

import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Acknowledges a record by its offset, once its row is written or it is rejected. With {@code
 * allowManualCommit} nothing else does (measured: camel-kafka 4.22.0); without it what is only
 * fetched counts.
 */
final class KafkaOffsetCommitter {
  private KafkaOffsetCommitter() {}

  static boolean isFromKafka(Exchange exchange) {
    return exchange.getFromEndpoint() instanceof KafkaEndpoint;
  }

  /** When the exchange ends well, in the consumer's own thread; one that fails is read again. */
  static void commitOnCompletion(Exchange exchange) {
    if (exchange.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT)
        instanceof KafkaManualCommit offset) {
      exchange
          .getExchangeExtension()
          .addOnCompletion(
              new SynchronizationAdapter() {
                @Override
                public boolean allowHandover() {
                  return false; // a seda queue on the way would commit in its own thread
                }

                @Override
                public void onComplete(Exchange done) {
                  offset.commit();
                }
              });
    }
  }
}
