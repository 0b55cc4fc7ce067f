package io.github.camelakeeba.rest;

import io.github.camelakeeba.run.SiteDay;
import io.github.camelakeeba.run.store.SiteDays;
import io.github.camelakeeba.watch.StatusQueries;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** How the sites did on each day. */
public final class SiteDaysResource {
  private static final int MAX_SITES = 100;
  private static final int MAX_DAYS = 1_000;
  private static final int A_YEAR = 365;
  private static final int A_MONTH = 30;

  private final StatusQueries status;
  private final SiteDays days;
  private final Clock clock;

  public SiteDaysResource(StatusQueries status, SiteDays days, Clock clock) {
    this.status = status;
    this.days = days;
    this.clock = clock;
  }

  /** Of one site; by default the last 365 days, today among them. */
  public RestResponse ofSite(Exchange call, String site) {
    return days(call, List.of(site), A_YEAR);
  }

  /** Of up to 100 sites; by default the last 30 days, today among them. */
  public RestResponse ofSites(Exchange call) {
    List<String> wanted = QueryParameters.list(call.getMessage().getHeader("sites"));
    if (wanted.isEmpty() || wanted.size() > MAX_SITES) {
      throw QueryParameters.invalid(
          "the parameter 'sites' holds the names of 1 to "
              + MAX_SITES
              + " sites, separated by commas");
    }
    return days(call, wanted.stream().distinct().sorted().toList(), A_MONTH);
  }

  private RestResponse days(Exchange call, List<String> wanted, int byDefault) {
    if (!wanted.stream().allMatch(name -> status.has(name, Caller.of(call)::sees))) {
      throw SitesResource.unknown();
    }
    boolean each = QueryParameters.flag("each", call.getMessage().getHeader("each"));
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate first =
        QueryParameters.day(
            "from", call.getMessage().getHeader("from"), today.minusDays(byDefault - 1));
    if (each && first.isBefore(today.minusDays(MAX_DAYS - 1))) {
      throw QueryParameters.invalid(
          "with each=true the parameter 'from' is at most %s days before today"
              .formatted(MAX_DAYS - 1));
    }
    List<SiteDay> ended = days.since(first, wanted);
    return RestResponse.json(
        200, each ? each(ended, wanted, first, today) : withToday(ended, wanted, today));
  }

  /** Whether a run is going on today is known to the strip only. */
  private List<SiteDay> withToday(List<SiteDay> ended, List<String> wanted, LocalDate today) {
    String now = today.toString();
    if (ended.stream().noneMatch(day -> day.day().equals(now))) {
      return ended;
    }
    Map<String, String> letters = status.strips(today, wanted);
    return ended.stream()
        .map(day -> day.day().equals(now) ? day.withLetter(letters.get(day.site())) : day)
        .toList();
  }

  private List<SiteDay> each(
      List<SiteDay> ended, List<String> wanted, LocalDate first, LocalDate today) {
    Map<String, SiteDay> known = new HashMap<>();
    ended.forEach(day -> known.put(day.site() + " " + day.day(), day));
    Map<String, String> strips = status.strips(first, wanted);
    List<SiteDay> days = new ArrayList<>();
    for (String site : wanted) {
      for (int i = 0; i <= ChronoUnit.DAYS.between(first, today); i++) {
        String day = first.plusDays(i).toString();
        String letter = strips.get(site).substring(i, i + 1);
        SiteDay one = known.get(site + " " + day);
        days.add(one == null ? SiteDay.empty(site, day, letter) : one.withLetter(letter));
      }
    }
    return days;
  }
}
