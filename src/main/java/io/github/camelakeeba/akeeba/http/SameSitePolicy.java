package io.github.camelakeeba.akeeba.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/** A host name, in lower case without a final dot, and which others belong to the same owner. */
record SameSitePolicy(String name) {
  // every way to write an IPv4 address ends in a number, which no host name does
  private static final Pattern ADDRESS = Pattern.compile("\\[.*|(.*\\.)?(\\d+|0x[0-9a-f]*)");

  static SameSitePolicy of(URI address) {
    String host = address.getHost() == null ? "" : address.getHost();
    return new SameSitePolicy(host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""));
  }

  /** The same host, www. or not, a host below it, its parent domain; an IP address only exactly. */
  boolean isSameOwnerAs(SameSitePolicy other) {
    if (name.equals(other.name)) {
      return !name.isEmpty();
    }
    if (isIpAddress() || other.isIpAddress() || other.isPublicSuffix()) {
      return false;
    }
    return withoutWww().equals(other.withoutWww())
        || !name.isEmpty() && other.name.endsWith("." + name)
        || name.substring(name.indexOf('.') + 1).equals(other.name);
  }

  private boolean isIpAddress() {
    return ADDRESS.matcher(name).matches();
  }

  /** Whether everybody may register names in this domain, such as com, co.uk or github.io. */
  private boolean isPublicSuffix() {
    return !name.contains(".")
        || PublicSuffixMatcherLoader.getDefault().getDomainRoot(name) == null;
  }

  private String withoutWww() {
    return name.startsWith("www.") ? name.substring(4) : name;
  }
}
