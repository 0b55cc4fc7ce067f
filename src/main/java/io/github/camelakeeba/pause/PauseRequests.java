package io.github.camelakeeba.pause;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.run.Utf8RequestBody;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What users ask of pauses; throws {@link RunRefusedException} with a sentence for the sender. */
public final class PauseRequests {
  private static final Logger LOG = LoggerFactory.getLogger(PauseRequests.class);
  private static final Set<String> MEMBERS = new TreeSet<>(Set.of("until", "reason"));
  private static final int MAX_REASON_LENGTH = 200;
  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Map<String, Site> sites;
  private final SitePauses pauses;
  private final Clock clock;

  public PauseRequests(Map<String, Site> sites, SitePauses pauses, Clock clock) {
    this.sites = sites;
    this.pauses = pauses;
    this.clock = clock;
  }

  /**
   * As {@link #pause(String, String, String, String)}, by an object; an empty body is an empty one.
   */
  public void pause(String name, byte[] body, String by) {
    JsonNode request = tree(Utf8RequestBody.decode(body).strip());
    for (var members = request.fieldNames(); members.hasNext(); ) {
      String member = members.next();
      if (!MEMBERS.contains(member)) {
        throw invalid(
            "unknown member '%s'; allowed: %s".formatted(UntrustedText.asName(member), MEMBERS));
      }
    }
    pause(name, text(request, "until"), text(request, "reason"), by);
  }

  /**
   * Pauses the site.
   *
   * @param until an instant, or a day or a local time in the site's zone; null: until it is resumed
   * @param reason at most 200 characters, or null
   */
  public void pause(String name, String until, String reason, String by) {
    Site site = site(name);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    SitePause pause = new SitePause(now, end(until, site.zone(), now), line(reason), by);
    pauses.pause(name, pause);
    LOG.info(
        "{} is paused {} by {}{}",
        name,
        pause.until() == null ? "until it is resumed" : "until " + pause.until(),
        by,
        pause.reason() == null ? "" : ": " + pause.reason());
  }

  /** Ends the site's pause; one that is not paused stays so. */
  public void resume(String name, String by) {
    site(name);
    if (pauses.resume(name)) {
      LOG.info("{} is resumed by {}", name, by);
    }
  }

  private Site site(String name) {
    Site site = sites.get(name);
    if (site == null) {
      throw new RunRefusedException(
          Reason.UNKNOWN_SITE, "there is no such site in sites.yaml as it was last read");
    }
    return site;
  }

  private static Instant end(String text, ZoneId zone, Instant now) {
    if (text == null || text.isBlank()) {
      return null;
    }
    Instant end = instant(text.strip(), zone).truncatedTo(ChronoUnit.MILLIS);
    if (!end.isAfter(now)) {
      throw invalid(
          "'until' lies in the past: %s is %s; it is now %s"
              .formatted(UntrustedText.asName(text), end, now));
    }
    if (end.isAfter(now.plus(LONGEST))) {
      throw invalid("'until' is at most 10 years ahead; leave it out to pause until resumed");
    }
    return end;
  }

  private static Instant instant(String text, ZoneId zone) {
    String iso = text.replace(' ', 'T');
    List<Function<String, Instant>> forms =
        List.of(
            one -> OffsetDateTime.parse(one).toInstant(),
            one -> LocalDateTime.parse(one).atZone(zone).toInstant(),
            one -> LocalDate.parse(one).atStartOfDay(zone).toInstant());
    for (Function<String, Instant> form : forms) {
      try {
        return form.apply(iso);
      } catch (DateTimeException e) {
        // the next one
      }
    }
    throw invalid(
        ("'until' is an instant such as 2026-12-24T06:00:00Z, a day such as 2026-12-24 (its first"
                + " moment in %1$s) or a time such as 2026-12-24T06:00 (in %1$s), not '%2$s'; leave"
                + " it out to pause until resumed")
            .formatted(zone.getId(), UntrustedText.asName(text)));
  }

  private static String line(String reason) {
    if (reason != null && reason.length() > MAX_REASON_LENGTH) {
      throw invalid("'reason' has at most %s characters".formatted(MAX_REASON_LENGTH));
    }
    String line = UntrustedText.oneLine(reason, MAX_REASON_LENGTH);
    return line == null || line.isEmpty() ? null : line;
  }

  private static JsonNode tree(String body) {
    try {
      JsonNode tree = body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      throw invalid("the body is no JSON: " + e.getOriginalMessage());
    }
    throw invalid(
        "the body is an object such as {\"until\":\"2026-12-24\",\"reason\":\"server move\"}, or empty");
  }

  private static String text(JsonNode request, String member) {
    JsonNode value = request.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw invalid("the member '%s' is a text".formatted(member));
    }
    return value.textValue();
  }

  private static RunRefusedException invalid(String message) {
    return new RunRefusedException(Reason.BAD_REQUEST, message);
  }
}
