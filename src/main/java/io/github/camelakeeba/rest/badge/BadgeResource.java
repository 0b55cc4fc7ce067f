package io.github.camelakeeba.rest.badge;

import io.github.camelakeeba.config.Badge;
import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.secret.Sha256;
import io.github.camelakeeba.watch.StatusQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Images that say how a site stands, or the sites with a tag, to whoever knows their keys. */
public final class BadgeResource {
  /** Of an image; a browser keeps it for as long again. */
  private static final Duration KEPT = Duration.ofSeconds(30);

  private static final String MEDIA_TYPE = "image/svg+xml";
  private static final String SUFFIX = ".svg";
  private static final String LABEL = "backup";

  private static final State NEVER = new State("never", "#616161");

  /** From the worst on, with colours on which white can be read. */
  private static final List<State> STATES =
      List.of(
          new State("missed", "#7b1fa2"),
          new State("failed", "#c62828"),
          new State("warning", "#8a5300"),
          new State("paused", "#546e7a"),
          NEVER,
          new State("running", "#1565c0"),
          new State("completed", "#2e7d32"));

  private static final int HEIGHT = 20;
  private static final double CHARACTER = 6.7; // its width, on average
  private static final int MARGIN = 10;

  /** By the hashes of their keys: how long it takes to find none tells nothing about a key. */
  private final Supplier<Map<String, Badge>> badges;

  private final Map<Badge, Image> drawn = new ConcurrentHashMap<>();
  private final Function<Badge, Map<String, Integer>> states;
  private final Clock clock;

  private record State(String word, String colour) {}

  private record Image(String svg, Instant at) {}

  /**
   * Of these badges.
   *
   * @param states how many sites of a badge are in each state
   */
  public BadgeResource(
      List<Badge> badges, Function<Badge, Map<String, Integer>> states, Clock clock) {
    this(() -> byHash(badges), states, clock);
  }

  private BadgeResource(
      Supplier<Map<String, Badge>> badges,
      Function<Badge, Map<String, Integer>> states,
      Clock clock) {
    this.badges = badges;
    this.states = states;
    this.clock = clock;
  }

  private static Map<String, Badge> byHash(List<Badge> badges) {
    Map<String, Badge> byHash = new HashMap<>();
    badges.forEach(badge -> byHash.put(Sha256.hex(badge.key().reveal()), badge));
    return byHash;
  }

  /** Of the badges that are configured at each look, by the status of their sites. */
  public static BadgeResource of(List<Badge> badges, StatusQueries status, Clock clock) {
    return new BadgeResource(badges, badge -> states(badge, status), clock);
  }

  private static Map<String, Integer> states(Badge badge, StatusQueries status) {
    Map<String, Integer> counts = new HashMap<>();
    (badge.tag() == null
            ? status.site(badge.site()).stream()
            : status.view(tags -> tags.contains(badge.tag()), false).sites().stream())
        .forEach(site -> counts.merge(site.state(), 1, Integer::sum));
    return counts;
  }

  /** The image at {@code <key>.svg}. */
  public RestResponse image(String file) {
    Badge badge =
        file != null && file.endsWith(SUFFIX)
            ? badges.get().get(Sha256.hex(file.substring(0, file.length() - SUFFIX.length())))
            : null;
    return badge == null
        ? new RestResponse(
            Kind.UNKNOWN_ADDRESS.status(),
            ProblemDetail.MEDIA_TYPE,
            ProblemDetail.of(Kind.UNKNOWN_ADDRESS, "there is no such badge"))
        : new RestResponse(200, MEDIA_TYPE, drawn.compute(badge, this::current).svg());
  }

  private Image current(Badge badge, Image image) {
    Instant now = clock.instant();
    return image != null && image.at().plus(KEPT).isAfter(now) && !image.at().isAfter(now)
        ? image
        : new Image(draw(badge), now);
  }

  private String draw(Badge badge) {
    Map<String, Integer> counts = states.apply(badge);
    State worst =
        STATES.stream()
            .filter(state -> counts.getOrDefault(state.word(), 0) > 0)
            .findFirst()
            .orElse(NEVER);
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return svg(
        badge.tag() == null
            ? worst.word()
            : "%s of %s %s".formatted(counts.getOrDefault(worst.word(), 0), all, worst.word()),
        worst.colour());
  }

  /** Of words of ours only. */
  private static String svg(String text, String colour) {
    int left = width(LABEL);
    int right = width(text);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" role="img" aria-label="%3$s: %4$s">\
        <title>%3$s: %4$s</title>\
        <rect width="%5$s" height="%2$s" fill="#424242"/>\
        <rect x="%5$s" width="%6$s" height="%2$s" fill="%7$s"/>\
        <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\
        <text x="%8$s" y="14">%3$s</text><text x="%9$s" y="14">%4$s</text></g></svg>
        """
        .formatted(
            left + right, HEIGHT, LABEL, text, left, right, colour, left / 2, left + right / 2);
  }

  private static int width(String text) {
    return (int) Math.ceil(text.length() * CHARACTER) + MARGIN;
  }
}
