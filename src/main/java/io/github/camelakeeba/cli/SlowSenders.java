package io.github.camelakeeba.cli;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts connections on which bytes come, but no request is ever whole: Jetty's idle timeout begins
 * anew with each byte. A request has at least one period, at most two, to arrive.
 */
final class SlowSenders implements Connection.Listener {
  private final Scheduler scheduler;
  private final Duration period;

  SlowSenders(Scheduler scheduler, Duration period) {
    this.scheduler = scheduler;
    this.period = period;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection.getMessagesIn() >= 0) { // TLS below it counts no messages
      later(connection, 0, 0);
    }
  }

  private void later(Connection connection, long requests, long bytes) {
    scheduler.schedule(() -> look(connection, requests, bytes), period);
  }

  private void look(Connection connection, long requests, long bytes) {
    if (!connection.getEndPoint().isOpen()) {
      return;
    }
    boolean slow = connection.getBytesIn() > bytes && connection.getMessagesIn() == requests;
    if (slow) {
      connection.getEndPoint().close(new TimeoutException("the request came too slowly"));
    } else {
      later(connection, connection.getMessagesIn(), connection.getBytesIn());
    }
  }
}
