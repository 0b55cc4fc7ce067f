package io.github.camelakeeba.akeeba;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** How an archive of some kind begins; the protocol page names the kinds (section 6). */
public final class Signature {
  private static final Map<String, String> OF_KIND =
      Map.of("jpa", "JPA", "zip", "PK", "jps", "JPS");
  private static final int LOOKED_AT = 64;

  /** What leaves zeros at an archive's beginning (measured: protocol 6). */
  public static final String HOLE = "another backup was started while a step of this one ran";

  private final String wanted;

  private Signature(String wanted) {
    this.wanted = wanted;
  }

  /** That of an archive with this file name; of other kinds, such as {@code .sql}, none. */
  public static Signature of(String archive) {
    String kind = archive.substring(archive.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return new Signature(OF_KIND.getOrDefault(kind, ""));
  }

  /** What is wrong with the first bytes of an archive, or null. */
  public String complaint(byte[] file) {
    byte[] begin = Arrays.copyOf(file, Math.min(file.length, LOOKED_AT));
    if (begin.length == 0) {
      return "is empty";
    }
    if (Arrays.equals(begin, new byte[begin.length])) {
      return "begins with zeros: " + HOLE;
    }
    return new String(begin, StandardCharsets.ISO_8859_1).startsWith(wanted)
        ? null
        : "does not begin with '" + wanted + "', as an archive of its kind does";
  }
}
