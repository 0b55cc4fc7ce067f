package io.github.camelakeeba.trigger;

import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.trigger.message.JmsMessages;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.concurrent.TimeUnit;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.jms.ConsumerType;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.EndpointMessageListener;
import org.apache.camel.component.jms.JmsEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jms.JmsException;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Consumes in transactions, else acknowledges a message once its row is written. Only where {@link
 * OptionalComponents#JMS} may this class be loaded.
 */
final class JmsListenerContainer extends DefaultJmsMessageListenerContainer {
  /** The container's own logger is off: the supervisor reports what it would log, once. */
  private static final Logger LOG = LoggerFactory.getLogger(TriggerSupervisor.class);

  private static final long RESPONSE_TIMEOUT = TimeUnit.SECONDS.toNanos(30);

  private final JmsEndpoint endpoint;
  private final String trigger;
  private boolean transactionsProbed;
  private volatile String openError;
  private long idleSince; // without a consumer, by System#nanoTime; 0: there is one

  private JmsListenerContainer(JmsEndpoint endpoint, String trigger) {
    super(endpoint);
    this.endpoint = endpoint;
    this.trigger = trigger;
  }

  /** Sets this container, unless the endpoint's URI names another. */
  static void configure(JmsEndpoint endpoint, String trigger) {
    if (endpoint.getConfiguration().getConsumerType() == ConsumerType.Default) {
      endpoint.setMessageListenerContainerFactory(one -> new JmsListenerContainer(one, trigger));
    }
    QpidConnectionSetup.prepare(endpoint.getListenerConnectionFactory());
    QpidConnectionSetup.prepare(endpoint.getConnectionFactory());
  }

  /** Why it consumes nothing, or null; for the supervisor only. */
  String problem() {
    String error = openError;
    if (error != null || isRecovering()) {
      return error == null ? "no connection to the broker" : error;
    }
    if (getCacheLevel() < CACHE_CONSUMER || isRegisteredWithDestination()) {
      idleSince = 0;
      return null;
    }
    long now = System.nanoTime();
    idleSince = idleSince == 0 ? now : idleSince;
    // a client without a time limit waits for ever where the broker ignores its request
    return now - idleSince > RESPONSE_TIMEOUT ? "the broker does not answer" : null;
  }

  @Override
  protected Connection createConnection() throws JMSException {
    try {
      // where none is kept, each message would need a new one
      return sharedConnectionEnabled()
          ? QpidConnectionSetup.unpooled(obtainConnectionFactory()).createConnection()
          : super.createConnection();
    } catch (JMSException e) {
      openError = null;
      throw e;
    }
  }

  @Override
  protected Session createSession(Connection connection) throws JMSException {
    return isSessionTransacted() && getTransactionManager() == null
        ? transacted(connection)
        : super.createSession(connection);
  }

  /** Its own lock: consumers that start at the same time ask once. */
  private synchronized Session transacted(Connection connection) throws JMSException {
    if (transactionsProbed) {
      return super.createSession(connection);
    }
    Session session = JmsTransactionProbe.openSession(connection);
    transactionsProbed = true;
    if (!session.getTransacted()) {
      setSessionTransacted(false);
      setSessionAcknowledgeMode(Session.CLIENT_ACKNOWLEDGE);
      if (getMessageListener() instanceof EndpointMessageListener listener
          && listener.getTemplate() instanceof JmsTemplate replies) {
        replies.setSessionTransacted(false);
        replies.setSessionAcknowledgeMode(Session.AUTO_ACKNOWLEDGE);
      }
      // for its next start
      endpoint.setTransacted(false);
      endpoint.setAcknowledgementModeName("CLIENT_ACKNOWLEDGE");
      LOG.info(
          "trigger {}: the broker has no transactions; a message is acknowledged once its row is"
              + " written",
          trigger);
    }
    return session;
  }

  @Override
  protected MessageConsumer createListenerConsumer(Session session) throws JMSException {
    try {
      MessageConsumer consumer = super.createListenerConsumer(session);
      openError = null;
      return consumer;
    } catch (JMSException e) {
      openError =
          "the broker does not open %s: %s"
              .formatted(getDestinationName(), UntrustedText.rootCause(e));
      throw e;
    }
  }

  @Override
  protected void invokeListener(Session session, Message message) throws JMSException {
    if (session.getTransacted()) {
      invokeOrRelease(session, message);
      return;
    }
    // replies and dead letters of this thread would share the session: RabbitMQ ends it at an
    // address that it does not have, and the message could not be acknowledged any more
    ConnectionFactory factory = obtainConnectionFactory();
    Object exposed = TransactionSynchronizationManager.unbindResourceIfPossible(factory);
    try {
      invokeOrRelease(session, message);
    } finally {
      if (exposed != null) {
        TransactionSynchronizationManager.bindResource(factory, exposed);
      }
    }
  }

  private void invokeOrRelease(Session session, Message message) throws JMSException {
    try {
      super.invokeListener(session, message);
    } catch (RuntimeCamelException e) {
      if (e.getCause() instanceof JmsException unsent) {
        // the request has its row: it must not come again for a sender who can't be reached
        LOG.warn(
            "trigger {}: a reply could not be sent: {}", trigger, UntrustedText.rootCause(unsent));
        return;
      }
      JmsMessages.release(session, message);
      throw e;
    } catch (JMSException | RuntimeException | Error e) {
      JmsMessages.release(session, message);
      throw e;
    }
  }
}
