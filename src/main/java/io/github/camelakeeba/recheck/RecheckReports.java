package io.github.camelakeeba.recheck;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.notify.NotificationRouter;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.run.BackupEventFactory;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Puts what became of a downloaded archive in the outbox; joins the transaction that is open. */
public final class RecheckReports {
  private static final int MAX_TEXT_LENGTH = 1_000;

  private final Map<String, Site> sites;
  private final EventSource source;
  private final String node;
  private final NotificationRouter rules;
  private final Outbox outbox;
  private final LastGoodBackup lastGood;

  /** The site's health, as far as its last good backup is concerned. */
  public interface LastGoodBackup {
    /** Reports the site as missed for this reason, unless it is already; joins the transaction. */
    boolean reportLost(Site site, String reason, Instant now);

    /** Its last good backup, which was reported as lost, is there again. */
    boolean reportFound(Event.Data recovered, Instant now);
  }

  public RecheckReports(
      Map<String, Site> sites,
      EventSource source,
      String node,
      NotificationRouter rules,
      Outbox outbox,
      LastGoodBackup lastGood) {
    this.sites = sites;
    this.source = source;
    this.node = node;
    this.rules = rules;
    this.outbox = outbox;
    this.lastGood = lastGood;
  }

  void damaged(CheckedArchive one, String damage, Instant now) {
    warn(
        one,
        "damaged",
        now,
        "%s is damaged: %s It is fetched anew, if the site still has it."
            .formatted(one.describe(), sentence(damage)));
  }

  /**
   * That it could not be fetched anew, once; where it is the site's last good backup, the site is
   * missed. Gives whether it is.
   */
  boolean notFetched(CheckedArchive one, String damage, String reason, boolean last, Instant now) {
    Site site = sites.get(one.archive().site());
    boolean missed =
        last
            && site != null
            && !one.missed()
            && lastGood.reportLost(
                site,
                limited(
                    "The archive of the last good backup, in %s, is damaged: %s It could not be fetched anew: %s"
                        .formatted(one.archive().location(), sentence(damage), sentence(reason))),
                now);
    if (!missed && one.fetchFailure() == null) {
      warn(
          one,
          "not-fetched",
          now,
          "%s is damaged, and could not be fetched anew: %s Do not rely on it."
              .formatted(one.describe(), sentence(reason)));
    }
    return missed;
  }

  /** That it is whole again; where it is the site's last good backup, the site is well again. */
  void mended(CheckedArchive one, String how, boolean last, Instant now) {
    boolean lost = last || one.missed();
    if (!lost || !lastGood.reportFound(data(one, "recovered", List.of()), now)) {
      warn(one, "mended", now, "%s is whole again: %s.".formatted(one.describe(), how));
    }
  }

  void away(CheckedArchive one, String reason, Instant now) {
    warn(
        one,
        "away",
        now,
        "The archives of %s in %s could not be read since %s, and so not verified again: %s"
            .formatted(
                one.archive().site(),
                one.archive().location(),
                one.awaySince().truncatedTo(ChronoUnit.SECONDS),
                sentence(reason)));
  }

  private void warn(CheckedArchive one, String what, Instant now, String text) {
    StoredArchive archive = one.archive();
    Instant time = now.truncatedTo(ChronoUnit.MILLIS);
    Event event =
        BackupEventFactory.event(
            source,
            "%s/archive-%s/%s/%s".formatted(archive.site(), what, archive.backupid(), time),
            archive.site(),
            time,
            data(one, "warning", List.of(limited(text))));
    outbox.enqueueEntry(new OutboxEntry(event, rules.recipients(event, null)));
  }

  /** Of no run: it concerns the site. */
  private Event.Data data(CheckedArchive one, String state, List<String> warnings) {
    StoredArchive archive = one.archive();
    return new Event.Data(
        archive.site(),
        BackupEventFactory.displayUrl(sites.get(archive.site())),
        state,
        null,
        null,
        null,
        archive.profile(),
        null,
        archive.backupid(),
        archive.recordId(),
        archive.name(),
        archive.files().size(),
        archive.size(),
        archive.startedAt(),
        null,
        null,
        0,
        0,
        0,
        new Event.Warnings(warnings.size(), warnings),
        null,
        archive.paths(),
        archive.content(),
        node,
        null,
        null,
        0,
        false,
        false,
        null);
  }

  private static String limited(String text) {
    return UntrustedText.limited(text, MAX_TEXT_LENGTH);
  }

  private static String sentence(String text) {
    return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
  }
}
