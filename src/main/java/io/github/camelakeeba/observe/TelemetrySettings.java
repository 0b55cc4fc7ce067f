package io.github.camelakeeba.observe;

import java.net.URI;

/**
 * What is exported to monitoring systems.
 *
 * @param sites of more sites than this the metrics are aggregated, not one by one
 * @param traceEndpoint by OTLP over HTTP; null: as OpenTelemetry's own settings say
 */
public record TelemetrySettings(int sites, boolean traces, URI traceEndpoint) {}
