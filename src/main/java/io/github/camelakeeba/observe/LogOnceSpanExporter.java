package io.github.camelakeeba.observe;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs once that traces are not accepted, and once that they are again; gives no address. */
final class LogOnceSpanExporter implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(LogOnceSpanExporter.class);

  private final SpanExporter exporter;
  private final AtomicBoolean failing = new AtomicBoolean();

  LogOnceSpanExporter(SpanExporter exporter) {
    this.exporter = exporter;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(
        () -> {
          boolean accepted = result.isSuccess();
          if (!failing.compareAndSet(accepted, !accepted)) {
            return;
          }
          if (accepted) {
            LOG.info("traces are taken again");
          } else {
            LOG.warn(
                "the traces are not accepted where they are sent to; what does not fit in memory is lost");
          }
        });
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}
