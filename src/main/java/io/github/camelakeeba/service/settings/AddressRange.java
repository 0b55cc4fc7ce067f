package io.github.camelakeeba.service.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address, or a network in CIDR notation.
 *
 * @param bits how many of the first bits count
 */
public record AddressRange(InetAddress network, int bits) {
  private static final Pattern LITERAL =
      Pattern.compile(
          "((?:[0-9]{1,3}[.]){3}[0-9]{1,3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(?:/([0-9]{1,3}))?");

  /** Throws {@link IllegalArgumentException} where it is neither; asks no name server. */
  public static AddressRange of(String text) {
    Matcher matcher = LITERAL.matcher(text);
    if (matcher.matches()) {
      try {
        InetAddress network = InetAddress.getByName(matcher.group(1));
        int longest = network.getAddress().length * 8;
        int bits = matcher.group(2) == null ? longest : Integer.parseInt(matcher.group(2));
        if (bits <= longest) {
          return new AddressRange(network, bits);
        }
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("no address: " + text, e);
      }
    }
    throw new IllegalArgumentException("no address: " + text);
  }

  /** Whether the text is an address by number, without the brackets of version 6. */
  public static boolean isLiteral(String text) {
    try {
      return text.indexOf('/') < 0 && of(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  public boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
