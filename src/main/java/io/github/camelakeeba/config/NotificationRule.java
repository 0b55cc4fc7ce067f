package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One line of {@code notify}: who is notified of what.
 *
 * @param on state words: started, completed, warning, failed, missed, recovered
 * @param sites names of sites and patterns with {@code *} and {@code ?}; empty: all
 * @param tags the site has one of these; empty: any site
 * @param kinds of {@code failed} only these kinds of errors; empty: all
 * @param after of {@code failed} only from the so-many-th in a row
 * @param remind repeat what lasts so long after the last notification; null: never
 * @param digest all in one message, so long after the first; null: one by one
 * @param quiet messages that are not urgent wait until these are over; null: they don't
 */
@Internal
public record NotificationRule(
    Set<String> on,
    List<String> sites,
    List<String> except,
    List<String> tags,
    Set<String> kinds,
    List<String> to,
    int after,
    Duration remind,
    Duration digest,
    QuietHours quiet) {
  /** The watchdog matches each site and rule every few seconds. */
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  public boolean matchesSite(String site, List<String> siteTags) {
    return (sites.isEmpty() || sites.stream().anyMatch(pattern -> matches(pattern, site)))
        && except.stream().noneMatch(pattern -> matches(pattern, site))
        && (tags.isEmpty() || tags.stream().anyMatch(siteTags::contains));
  }

  public static boolean matches(String pattern, String site) {
    return pattern.equals(site)
        || isPattern(pattern)
            && PATTERNS.computeIfAbsent(pattern, NotificationRule::compile).matcher(site).matches();
  }

  private static Pattern compile(String pattern) {
    return Pattern.compile(
        ("\\Q" + pattern + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"));
  }

  public static boolean isPattern(String text) {
    return text.matches("[A-Za-z0-9._*?-]*[*?][A-Za-z0-9._*?-]*");
  }
}
