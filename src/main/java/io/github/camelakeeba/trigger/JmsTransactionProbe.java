package io.github.camelakeeba.trigger;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether a broker has transactions: in JMS only a try shows it. */
final class JmsTransactionProbe {
  /**
   * RabbitMQ 3.10 answers Qpid's client with the end of the AMQP session, which that client does
   * not take for an answer: it waits for its own time limit, which may be none (measured).
   */
  private static final long TIMEOUT_SECONDS = 5;

  private JmsTransactionProbe() {}

  /** Transacted, else {@code CLIENT_ACKNOWLEDGE}, with the same promises; throws without either. */
  static Session openSession(Connection connection) throws JMSException {
    CompletableFuture<Session> transacted = new CompletableFuture<>();
    Thread probe =
        new Thread(
            () -> {
              try {
                transacted.complete(connection.createSession(true, Session.SESSION_TRANSACTED));
              } catch (JMSException | RuntimeException e) {
                transacted.completeExceptionally(e);
              }
            },
            "backup-transaction-probe");
    probe.setDaemon(true);
    probe.start();
    try {
      return transacted.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      probe.interrupt();
      transacted.thenAccept(JmsTransactionProbe::close);
      return connection.createSession(false, Session.CLIENT_ACKNOWLEDGE);
    } catch (InterruptedException e) {
      probe.interrupt();
      Thread.currentThread().interrupt();
      throw new JMSException("interrupted while it waited for a session");
    }
  }

  /** One that came too late. */
  private static void close(Session late) {
    try {
      late.close();
    } catch (JMSException e) {
      // its connection is gone, and so is it
    }
  }
}
