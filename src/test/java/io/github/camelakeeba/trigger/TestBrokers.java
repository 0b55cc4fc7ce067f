package io.github.camelakeeba.trigger;

import io.github.camelakeeba.bus.ArtemisBroker;
import io.github.camelakeeba.product.RunningProduct;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** How a user names the broker, and how a sender of a test does. */
final class TestBrokers {
  private TestBrokers() {}

  /** The components jms and amqp, both over this broker. */
  static RunningProduct named(RunningProduct product, ArtemisBroker broker) {
    String lines =
        """
        camel.beans.artemis = #class:org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory
        camel.beans.artemis.brokerURL = %s?callTimeout=2000
        camel.component.jms.connectionFactory = #bean:artemis
        camel.beans.qpid = #class:org.apache.qpid.jms.JmsConnectionFactory
        camel.beans.qpid.remoteURI = %s?jms.connectTimeout=2000&jms.requestTimeout=2000&jms.sendTimeout=2000&jms.closeTimeout=2000
        camel.beans.amqp = #class:org.apache.camel.component.jms.JmsComponent
        camel.beans.amqp.connectionFactory = #bean:qpid
        """
            .formatted(broker.coreUrl(), broker.amqpUrl());
    lines.lines().forEach(product::property);
    return product;
  }

  /** A sender's own connection, by the protocol of this component. */
  static Connection connect(String scheme, ArtemisBroker broker) throws JMSException {
    ConnectionFactory factory =
        scheme.equals("amqp")
            ? new org.apache.qpid.jms.JmsConnectionFactory(broker.amqpUrl())
            : new ActiveMQConnectionFactory(broker.coreUrl());
    Connection connection = factory.createConnection();
    connection.start();
    return connection;
  }
}
