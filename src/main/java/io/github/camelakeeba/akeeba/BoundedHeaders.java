package io.github.camelakeeba.akeeba;

import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.core5.http.config.Http1Config;

/** The head of an answer has bounds, too: the client's own have none. */
public final class BoundedHeaders {
  /** Bytes; web servers allow some 8 KiB. */
  private static final int LONGEST_LINE = 64 * 1024;

  private static final int MOST = 500;

  private BoundedHeaders() {}

  /** Makes connections that break off an answer with a longer line, or with more headers. */
  public static ManagedHttpClientConnectionFactory connections() {
    return ManagedHttpClientConnectionFactory.builder()
        .http1Config(
            Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MOST).build())
        .build();
  }
}
