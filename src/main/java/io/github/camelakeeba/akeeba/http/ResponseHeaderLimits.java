package io.github.camelakeeba.akeeba.http;

import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.core5.http.config.Http1Config;

/** Bounds of a response's headers, which the client's own connections do not have. */
public final class ResponseHeaderLimits {
  private static final int MAX_LINE_LENGTH = 64 * 1024; // bytes; web servers allow some 8 KiB
  private static final int MAX_HEADERS = 500;

  /**
   * Bytes; a connection has three of them, and a run a connection: with the default of 8 KiB 24 KiB
   * a run. The head of a request fits in it, which {@link StaleCallGuard} needs.
   */
  private static final int BUFFER_SIZE = 4 * 1024;

  private ResponseHeaderLimits() {}

  /** Makes connections that break off an answer with a longer line, or with more headers. */
  public static ManagedHttpClientConnectionFactory connectionFactory() {
    return ManagedHttpClientConnectionFactory.builder()
        .http1Config(
            Http1Config.custom()
                .setBufferSize(BUFFER_SIZE)
                .setMaxLineLength(MAX_LINE_LENGTH)
                .setMaxHeaderCount(MAX_HEADERS)
                .build())
        .build();
  }
}
