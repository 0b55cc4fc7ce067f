package io.github.camelakeeba.app.web;

import io.github.camelakeeba.service.settings.AddressRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The names under which a browser may call this service. A page of somebody else's name that is
 * made to mean this machine (DNS rebinding) is of the same origin as we are to the browser.
 */
final class HostNames {
  private final Set<String> names = new HashSet<>(Set.of("localhost"));
  private final boolean loopbackOnly;

  /**
   * Those of one address that is listened at.
   *
   * @param others as the configuration names them
   */
  HostNames(String host, Set<String> others) throws UnknownHostException {
    names.addAll(others);
    names.add(host.toLowerCase(Locale.ROOT));
    loopbackOnly = InetAddress.getByName(host).isLoopbackAddress();
  }

  /**
   * Whether it is one. A number is nobody's name; where only this machine can call, only its own
   * count.
   *
   * @param host of the request, without a port
   */
  boolean contains(String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT).replaceFirst("[.]$", "");
    String bare = name.replaceAll("^\\[|]$", "");
    if (names.contains(name) || names.contains(bare) || names.contains("[" + bare + "]")) {
      return true;
    }
    try {
      return AddressRange.isLiteral(bare)
          && (!loopbackOnly || InetAddress.getByName(bare).isLoopbackAddress());
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
