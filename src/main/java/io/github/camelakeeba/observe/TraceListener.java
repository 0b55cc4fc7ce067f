package io.github.camelakeeba.observe;

import io.github.camelakeeba.run.RunListener;

/** Makes traces of what it is notified of; no class of OpenTelemetry is named here. */
interface TraceListener extends RunListener, RouteTimingNotifier.Listener, AutoCloseable {
  @Override
  void close();
}
