package io.github.camelakeeba.app.web;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.io.Connection;

/**
 * Bounds the open connections. One too many closes the oldest idle one: neither idle connections
 * nor requests that do not arrive keep a new caller out.
 */
final class OpenConnectionLimit implements Connection.Listener {
  private final int limit;

  /** The oldest first; guarded by this, like the next. */
  private final Set<Connection> open = new LinkedHashSet<>();

  private final Set<Connection> awaitingBody = new HashSet<>();

  OpenConnectionLimit(int limit) {
    this.limit = limit;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection.getMessagesIn() < 0) {
      return; // TLS below HTTP counts no messages
    }
    Connection closed = opened(connection);
    if (closed != null) {
      closed.getEndPoint().close(new RejectedExecutionException("room for another caller"));
    }
  }

  private synchronized Connection opened(Connection connection) {
    open.add(connection);
    if (open.size() <= limit) {
      return null;
    }
    Connection closed =
        open.stream().filter(this::idle).findFirst().orElse(connection); // at worst the newest
    open.remove(closed);
    return closed;
  }

  private boolean idle(Connection one) {
    return awaitingBody.contains(one) || one.getMessagesIn() == one.getMessagesOut();
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    open.remove(connection);
    awaitingBody.remove(connection);
  }

  synchronized void awaitBody(Connection connection) {
    awaitingBody.add(connection);
  }

  synchronized void bodyArrived(Connection connection) {
    awaitingBody.remove(connection);
  }
}
