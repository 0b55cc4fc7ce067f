package io.github.camelakeeba.simulator;

import io.github.camelakeeba.simulator.http.HttpReply;

/** What befalls a file on its way: faults of downloadDirect. */
public final class DownloadFault {
  private static final String METHOD = "downloadDirect";

  private DownloadFault() {}

  /** The connection is closed after so many bytes; Content-Length promises all. */
  public static Fault cutAt(long bytes) {
    return Fault.on(METHOD)
        .withChange(
            reply ->
                reply.bulk() == null
                    ? reply
                    : reply
                        .bulk(reply.bulk().truncatedAt(bytes))
                        .ending(HttpReply.Ending.SHORT_BODY));
  }

  /** The file has so many bytes more (or, below 0, less) than the site lists. */
  public static Fault resizedBy(long bytes) {
    return Fault.on(METHOD)
        .withChange(
            reply ->
                reply.bulk() == null
                    ? reply
                    : reply.bulk(reply.bulk().resized(reply.bulk().length() + bytes)));
  }
}
