package io.github.camelakeeba.observe;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.ConfigurationException;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Exports traces in the background, by OpenTelemetry's own settings ({@code OTEL_…}). */
final class TracingSetup {
  private static final long SHUTDOWN_TIMEOUT_SECONDS = 1;

  private TracingSetup() {}

  /** Throws {@link ConfigurationException} when OpenTelemetry refuses its own settings. */
  static TraceListener start(URI endpoint, Map<String, Channel> channels, Clock clock) {
    RunTraceIds ids = new RunTraceIds();
    OpenTelemetrySdk sdk;
    try {
      sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .disableShutdownHook()
              .addPropertiesSupplier(() -> defaults(endpoint))
              .addPropertiesCustomizer(
                  unused -> Map.of("otel.metrics.exporter", "none", "otel.logs.exporter", "none"))
              .addTracerProviderCustomizer((builder, unused) -> builder.setIdGenerator(ids))
              .addSpanExporterCustomizer((exporter, unused) -> new LogOnceSpanExporter(exporter))
              .build()
              .getOpenTelemetrySdk();
    } catch (RuntimeException e) {
      // its message may hold the value, such as a header with a token
      throw new ConfigurationException(
          "config/application.properties: backup.traces: OpenTelemetry refuses one of its"
              + " own settings; look at the environment variables that begin with OTEL_");
    }
    return new RunTracer(
        sdk.getTracer("io.github.camelakeeba"),
        ids,
        channels,
        () ->
            sdk.getSdkTracerProvider().shutdown().join(SHUTDOWN_TIMEOUT_SECONDS, TimeUnit.SECONDS),
        clock);
  }

  private static Map<String, String> defaults(URI endpoint) {
    Map<String, String> defaults = new HashMap<>();
    defaults.put("otel.service.name", "camel-akeeba-backup");
    defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
    if (endpoint != null) {
      defaults.put("otel.exporter.otlp.endpoint", endpoint.toString());
    }
    return defaults;
  }
}
