package io.github.camelakeeba.cli;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.io.Connection;

/**
 * Bounds how many connections are open. Where one comes too many, the oldest on which nothing is
 * being answered makes room: neither connections that are held open idly nor requests that do not
 * arrive keep a new caller out.
 */
final class Connections implements Connection.Listener {
  private final int most;

  /** The oldest first; guarded by this, like the next. */
  private final Set<Connection> open = new LinkedHashSet<>();

  private final Set<Connection> awaited = new HashSet<>();

  /** At most so many. */
  Connections(int most) {
    this.most = most;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection.getMessagesIn() < 0) {
      return; // TLS below HTTP counts no messages
    }
    Connection leaves = opened(connection);
    if (leaves != null) {
      leaves.getEndPoint().close(new RejectedExecutionException("room for another caller"));
    }
  }

  private synchronized Connection opened(Connection connection) {
    open.add(connection);
    if (open.size() <= most) {
      return null;
    }
    Connection leaves =
        open.stream().filter(this::idle).findFirst().orElse(connection); // at worst the newest
    open.remove(leaves);
    return leaves;
  }

  private boolean idle(Connection one) {
    return awaited.contains(one) || one.getMessagesIn() == one.getMessagesOut();
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    open.remove(connection);
    awaited.remove(connection);
  }

  /** The headers of a request have come, and nobody works on it before its body has. */
  synchronized void awaitBody(Connection connection) {
    awaited.add(connection);
  }

  synchronized void bodyCame(Connection connection) {
    awaited.remove(connection);
  }
}
