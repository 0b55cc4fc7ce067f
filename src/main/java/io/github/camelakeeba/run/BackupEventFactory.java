package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.event.TraceParent;
import io.github.camelakeeba.secret.UntrustedText;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the event of a run; texts in it are bounded and free of known secrets. */
@Internal
public final class BackupEventFactory {
  private static final Set<String> STATES = Set.of("started", "completed", "warning", "failed");
  private static final int MAX_TEXT_LENGTH = 1000;

  private final Map<String, Site> sites;
  private final String node;
  private final EventSource source;
  private final boolean traces;
  private final Clock clock;

  /** The clock gives the time of an event whose run has none. */
  public BackupEventFactory(
      Map<String, Site> sites, String node, EventSource source, boolean traces, Clock clock) {
    this.sites = sites;
    this.node = node;
    this.source = source;
    this.traces = traces;
    this.clock = clock;
  }

  /**
   * The event of this run, whose archive is downloaded in these files and holds this. Its id
   * follows from run and state, so that made again it is the same.
   *
   * @param state started, completed, warning or failed; anything else is an {@link
   *     IllegalArgumentException}
   */
  public Event of(Run run, String state, List<String> downloaded, Event.Content content) {
    if (!STATES.contains(state)) {
      throw new IllegalArgumentException(
          "state of run " + run.id() + ": " + state + " is not one of " + STATES);
    }
    return withTraceParent(
        event(
            source,
            run.id() + "/" + state,
            run.id(),
            time(run, state),
            data(run, state, downloaded, content)),
        run);
  }

  public Event missed(Site site, SiteHealth health, Instant now) {
    return missed(site, health, site.name() + "/missed/" + health.since(), now);
  }

  /** The same of a site whose last good backup is gone, for the reason that the health gives. */
  public Event gone(Site site, SiteHealth health, Instant now) {
    return missed(site, health, site.name() + "/missed/" + health.since() + "/gone/" + now, now);
  }

  private Event missed(Site site, SiteHealth health, String id, Instant now) {
    Event.Error why = health.missing();
    Event.Data data =
        missed(
            site.name(),
            displayUrl(site),
            site.profile(),
            node,
            why == null
                ? null
                : new Event.Error(
                    why.kind(), UntrustedText.limited(why.message(), MAX_TEXT_LENGTH)));
    return event(source, id, site.name(), now, data)
        .withSiteHealth(
            health.lastGoodAt(),
            Duration.between(health.since(), now).toMillis(),
            health.failures());
  }

  /** Why: null where it is not known. */
  public static Event.Data missed(
      String site, String url, int profile, String node, Event.Error why) {
    return ofSite(site, url, "missed", profile, node, why, null);
  }

  /** Of no run: it concerns the site. */
  public static Event.Data ofSite(
      String site,
      String url,
      String state,
      int profile,
      String node,
      Event.Error why,
      Event.Proof proof) {
    return new Event.Data(
        site,
        url,
        state,
        null,
        null,
        null,
        profile,
        null,
        null,
        null,
        null,
        0,
        0,
        null,
        null,
        null,
        0,
        0,
        0,
        new Event.Warnings(0, List.of()),
        why,
        List.of(),
        null,
        node,
        null,
        null,
        0,
        false,
        false,
        proof);
  }

  /** The first good backup after failed or missed ones, and how long the site was without one. */
  public Event recovered(
      Run run, SiteHealth before, List<String> downloaded, Event.Content content) {
    Instant now = time(run, "recovered");
    return withTraceParent(
            event(
                source,
                run.site() + "/recovered/" + run.id(),
                run.site(),
                now,
                data(run, "recovered", downloaded, content)),
            run)
        .withSiteHealth(
            before.lastGoodAt(),
            Math.max(0, Duration.between(before.since(), now).toMillis()),
            before.failures());
  }

  private Event withTraceParent(Event event, Run run) {
    return traces && run.startedAt() != null
        ? event.withTraceParent(TraceParent.of(run.id(), run.queuedAt()).header())
        : event;
  }

  public static Event event(
      EventSource source, String id, String subject, Instant time, Event.Data data) {
    return new Event(
        Notification.SPECVERSION,
        id,
        source.ofSite(data.site()),
        "io.github.camelakeeba.backup." + data.state() + ".v1",
        subject,
        time,
        Notification.JSON,
        null,
        data);
  }

  private Instant time(Run run, String state) {
    Instant known = "started".equals(state) ? run.startedAt() : run.endedAt();
    return known == null ? clock.instant() : known;
  }

  private Event.Data data(Run run, String state, List<String> downloaded, Event.Content content) {
    BackupProgress backup = run.backup() == null ? BackupProgress.NONE : run.backup();
    return new Event.Data(
        run.site(),
        displayUrl(sites.get(run.site())),
        state,
        "recovered".equals(state) ? null : run.id(),
        run.request().trigger(),
        run.request().requestedBy(),
        run.request().profile(),
        UntrustedText.limited(run.request().description(), MAX_TEXT_LENGTH),
        backup.backupid(),
        backup.recordId(),
        UntrustedText.limited(backup.archive(), 255),
        backup.parts(),
        backup.size(),
        run.startedAt(),
        run.endedAt(),
        duration(run),
        backup.steps(),
        run.attempts(),
        run.recoveries(),
        warnings(run),
        error(run.failure()),
        downloaded,
        content,
        node,
        null,
        null,
        0,
        false,
        false,
        null);
  }

  private static Long duration(Run run) {
    return run.startedAt() == null || run.endedAt() == null
        ? null
        : (Long) Duration.between(run.startedAt(), run.endedAt()).toMillis();
  }

  private static Event.Warnings warnings(Run run) {
    return new Event.Warnings(
        run.warnings().count(),
        run.warnings().texts().stream()
            .map(t -> UntrustedText.limited(t, MAX_TEXT_LENGTH + 1))
            .toList());
  }

  private static Event.Error error(RunFailure failure) {
    return failure == null
        ? null
        : new Event.Error(
            failure.kind().word(), UntrustedText.limited(failure.message(), MAX_TEXT_LENGTH));
  }

  /** Scheme, host, port and path: user information and query may hold credentials. */
  public static String displayUrl(Site site) {
    return site == null ? null : displayUrl(site.url());
  }

  /** The same of any address. */
  public static String displayUrl(URI url) {
    // not getHost: it knows no host with an underscore
    String host = url.getRawAuthority().replaceFirst("^.*@", "");
    return url.getScheme() + "://" + host + (url.getRawPath() == null ? "" : url.getRawPath());
  }
}
