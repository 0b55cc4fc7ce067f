package io.github.camelakeeba.trigger;

import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.product.Product;

/** The lines of application.properties that connect the product with a broker, as the page has. */
final class Bus {
  private Bus() {}

  /** The component {@code jms}, over Artemis' own client. */
  static Product jms(Product product, String url) {
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
  static Product amqp(Product product, ArtemisBroker broker) {
    return product
        .property("camel.beans.qpid = #class:org.apache.qpid.jms.JmsConnectionFactory")
        .property("camel.beans.qpid.remoteURI = " + broker.amqpUrl())
        .property(
            "camel.beans.qpidPool = #class:org.messaginghub.pooled.jms.JmsPoolConnectionFactory")
        .property("camel.beans.qpidPool.connectionFactory = #bean:qpid")
        .property("camel.beans.amqp = #class:org.apache.camel.component.jms.JmsComponent")
        .property("camel.beans.amqp.connectionFactory = #bean:qpidPool");
  }
}
