package io.github.camelakeeba.event;

import io.github.camelakeeba.Internal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** An absolute URI without a slash at its end; by it installations of the same sites differ. */
@Internal
public record EventSource(String base) {
  public static final EventSource SAMPLE =
      new EventSource("urn:camel-akeeba-backup:00000000-0000-4000-8000-000000000000");
  private static final int MAX_LENGTH = 200; // what receivers keep of a source is bounded

  /** Throws {@link IllegalArgumentException} when the base is no absolute URI. */
  public static EventSource of(String base) {
    try {
      URI uri = new URI(base);
      if (uri.isAbsolute()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null
          && base.length() <= MAX_LENGTH
          && base.equals(uri.toASCIIString())) {
        return new EventSource(base.replaceAll("/+$", ""));
      }
    } catch (URISyntaxException e) {
      // reported below, without its text
    }
    throw new IllegalArgumentException(
        "must be an absolute URI such as https://backup.example.com or urn:example:backup, without user, query and fragment, of at most %s characters"
            .formatted(MAX_LENGTH));
  }

  public String ofSite(String name) {
    return base + "/sites/" + name;
  }

  String ofChannel(String name) {
    return base + "/channels/" + name;
  }

  String ofReports() {
    return base + "/reports";
  }

  /** Eight hexadecimal digits that distinguish sources in the names of files. */
  public static String shortHash(String source) {
    CRC32 sum = new CRC32();
    sum.update(source.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
