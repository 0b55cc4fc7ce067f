package io.github.camelakeeba.akeeba.http;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of an archive, out of an answer of {@code download} that is not read any further.
 */
final class DownloadPrefix {
  /** Bytes of the archive; an answer that holds no more is read whole. */
  private static final int PREFIX_BYTES = 64 * 1024;

  // what comes first in every answer of a real server
  private static final Pattern ENVELOPE =
      Pattern.compile("\\{\\s*\"status\"\\s*:\\s*\"?200\"?\\s*,\\s*\"data\"\\s*:\\s*\"");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+");

  private DownloadPrefix() {}

  /**
   * An answer with the first 64 KiB of the archive in it; null where these bytes do not begin with
   * so much of it, or with something else.
   */
  static byte[] truncatedResponse(byte[] head) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    Matcher envelope = ENVELOPE.matcher(text);
    if (!envelope.find()) {
      return null;
    }
    // PHP writes a slash as \/
    String data = text.substring(envelope.end()).replace("\\/", "/");
    int wanted = (PREFIX_BYTES + 2) / 3 * 4;
    if (data.length() < wanted || !BASE64.matcher(data.substring(0, wanted)).matches()) {
      return null;
    }
    return ("{\"status\":200,\"data\":\"" + data.substring(0, wanted) + "\"}")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
