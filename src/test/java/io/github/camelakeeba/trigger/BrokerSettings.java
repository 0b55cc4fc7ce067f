package io.github.camelakeeba.trigger;

import io.github.camelakeeba.bus.AmqpBroker;
import io.github.camelakeeba.product.RunningProduct;

/** The lines of application.properties that connect the product with a broker, as the page has. */
final class BrokerSettings {
  private static final String TIME_LIMITS =
      "jms.connectTimeout=10000&jms.requestTimeout=10000&jms.sendTimeout=10000&jms.closeTimeout=10000";

  private BrokerSettings() {}

  /** The component {@code jms}, over Artemis' own client. */
  static RunningProduct jms(RunningProduct product, String url) {
    return product
        .property(
            "camel.beans.artemis = #class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory")
        .property("camel.beans.artemis.brokerURL = " + url + "?callTimeout=2000")
        .property(
            "camel.beans.artemisPool = #class:org.messaginghub.pooled.jms.JmsPoolConnectionFactory")
        .property("camel.beans.artemisPool.connectionFactory = #bean:artemis")
        .property("camel.component.jms.connectionFactory = #bean:artemisPool");
  }

  /** The component {@code amqp}, over Qpid's client. */
  static RunningProduct amqp(RunningProduct product, AmqpBroker broker) {
    String url = broker.amqpUrl();
    return product
        .property("camel.beans.qpid = #class:org.apache.qpid.jms.JmsConnectionFactory")
        .property(
            "camel.beans.qpid.remoteURI = %s%s%s"
                .formatted(url, url.contains("?") ? "&" : "?", TIME_LIMITS))
        .property("camel.beans.qpid.username = " + AmqpBroker.USER)
        .property("camel.beans.qpid.password = " + AmqpBroker.PASSWORD)
        .property(
            "camel.beans.qpidPool = #class:org.messaginghub.pooled.jms.JmsPoolConnectionFactory")
        .property("camel.beans.qpidPool.connectionFactory = #bean:qpid")
        .property("camel.beans.qpidPool.useAnonymousProducers = false")
        .property("camel.beans.amqp = #class:org.apache.camel.component.jms.JmsComponent")
        .property("camel.beans.amqp.connectionFactory = #bean:qpidPool")
        // not as the page has: Spring's own is 5 s
        .property("camel.beans.amqp.recoveryInterval = 500");
  }
}
