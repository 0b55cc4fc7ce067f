package io.github.camelakeeba.akeeba;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * A host name, and which others belong to the same owner.
 *
 * @param name lower case, without a final dot
 */
record SiteHost(String name) {
  // every way to write an IPv4 address ends in a number, which no host name does
  private static final Pattern ADDRESS = Pattern.compile("\\[.*|(.*\\.)?(\\d+|0x[0-9a-f]*)");

  static SiteHost of(URI address) {
    String host = address.getHost() == null ? "" : address.getHost();
    return new SiteHost(host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""));
  }

  /**
   * The same host with or without {@code www.}, a host below it, or its parent domain; an IP
   * address only exactly.
   */
  boolean covers(SiteHost other) {
    if (name.equals(other.name)) {
      return !name.isEmpty();
    }
    if (numeric() || other.numeric() || other.anybodys()) {
      return false;
    }
    return bare().equals(other.bare()) || below(other, this) || parent().equals(other.name);
  }

  private boolean numeric() {
    return ADDRESS.matcher(name).matches();
  }

  /** Whether everybody may register names in this domain, such as com, co.uk or github.io. */
  private boolean anybodys() {
    return !name.contains(".")
        || PublicSuffixMatcherLoader.getDefault().getDomainRoot(name) == null;
  }

  private String bare() {
    return name.startsWith("www.") ? name.substring(4) : name;
  }

  private String parent() {
    return name.substring(name.indexOf('.') + 1);
  }

  private static boolean below(SiteHost lower, SiteHost upper) {
    return !upper.name.isEmpty() && lower.name.endsWith("." + upper.name);
  }
}
