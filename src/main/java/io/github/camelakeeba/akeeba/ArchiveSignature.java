package io.github.camelakeeba.akeeba;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** How an archive of some kind begins; "" for a kind that is not known. */
public record ArchiveSignature(String expected) {
  private static final Map<String, String> OF_KIND =
      Map.of("jpa", "JPA", "zip", "PK", "jps", "JPS");
  private static final int INSPECTED_BYTES = 64;

  /** What leaves zeros at an archive's beginning (measured). */
  public static final String OVERWRITTEN =
      "another backup was started while a step of this one ran";

  /** That of an archive with this file name; of other kinds, such as {@code .sql}, none. */
  public static ArchiveSignature of(String archive) {
    String kind = archive.substring(archive.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return new ArchiveSignature(OF_KIND.getOrDefault(kind, ""));
  }

  /** What is wrong with the first bytes of an archive, or null. */
  public String mismatch(byte[] file) {
    byte[] begin = Arrays.copyOf(file, Math.min(file.length, INSPECTED_BYTES));
    if (begin.length == 0) {
      return "is empty";
    }
    if (Arrays.equals(begin, new byte[begin.length])) {
      return "begins with zeros: " + OVERWRITTEN;
    }
    return new String(begin, StandardCharsets.ISO_8859_1).startsWith(expected)
        ? null
        : "does not begin with '" + expected + "', as an archive of its kind does";
  }
}
