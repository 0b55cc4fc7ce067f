package io.github.camelakeeba.app.web;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Cuts connections on which bytes come, but no request is ever whole: Jetty's idle timeout begins
 * anew with each byte. A request has at least one period, at most two, to arrive.
 */
final class SlowRequestGuard implements Connection.Listener {
  private final Scheduler scheduler;
  private final Duration period;

  SlowRequestGuard(Scheduler scheduler, Duration period) {
    this.scheduler = scheduler;
    this.period = period;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection.getMessagesIn() >= 0) { // TLS below it counts no messages
      scheduleCheck(connection, 0, 0);
    }
  }

  private void scheduleCheck(Connection connection, long requests, long bytes) {
    scheduler.schedule(() -> check(connection, requests, bytes), period);
  }

  private void check(Connection connection, long requests, long bytes) {
    if (!connection.getEndPoint().isOpen()) {
      return;
    }
    boolean slow = connection.getBytesIn() > bytes && connection.getMessagesIn() == requests;
    if (slow) {
      connection.getEndPoint().close(new TimeoutException("the request came too slowly"));
    } else {
      scheduleCheck(connection, connection.getMessagesIn(), connection.getBytesIn());
    }
  }
}
