package io.github.camelakeeba.observe;

import io.github.camelakeeba.run.RunListener;

/** Makes traces of what it is notified of; no class of OpenTelemetry is named here. */
interface TraceListener extends RunListener, RouteTimingListener, AutoCloseable {
  @Override
  void close();
}
