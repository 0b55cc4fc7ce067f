package io.github.camelakeeba.inspection;

import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.SiteHealth;
import io.github.camelakeeba.run.BackupRequest;

/**
 * A look at the records of one site.
 *
 * @param host the web host whose limit the site shares
 * @param watched whether backups of other clients count ({@code watch} in sites.yaml)
 * @param health as it was when the inspection began
 * @param lastGood null: there is none
 * @param gone why the last good backup can't be restored any more; null: it can, or is not looked
 *     for
 * @param request that verifies a backup which was found on the site; null: none was
 * @param note why there is no newer good backup on the site; null: nothing is wrong
 * @param answered whether the site has answered
 */
public record Inspection(
    String siteName,
    String host,
    boolean watched,
    SiteHealth health,
    LastGood lastGood,
    Event.Error gone,
    BackupRequest request,
    Event.Error note,
    boolean answered)
    implements OperationInput {

  static Inspection of(
      String site, String host, boolean watched, SiteHealth health, LastGood lastGood) {
    return new Inspection(site, host, watched, health, lastGood, null, null, null, true);
  }

  /** Of the last good backup. */
  @Override
  public long recordId() {
    return lastGood == null ? 0 : lastGood.recordId();
  }

  /** Whether the site is to be asked for the last good backup: nobody else has it. */
  public boolean lookWanted() {
    return lastGood != null && !lastGood.atHome();
  }

  /** Whether a newer backup of another client would count; where ours is gone, at every site. */
  public boolean listWanted() {
    return watched || gone != null || health.goneAt() != null;
  }

  /** Whether that the last good backup is gone is still to be reported. */
  public boolean reportable() {
    return gone != null && request == null && health.goneAt() == null;
  }

  /** The catalog's copy of the last good backup is gone from its folder. */
  Inspection withoutCopyAtHome() {
    return new Inspection(
        siteName, host, watched, health, lastGood.notAtHome(), gone, request, note, answered);
  }

  Inspection withGone(Event.Error why) {
    return new Inspection(siteName, host, watched, health, lastGood, why, request, note, answered);
  }

  Inspection withFound(BackupRequest found, Event.Error why) {
    return new Inspection(siteName, host, watched, health, lastGood, gone, found, why, answered);
  }

  Inspection withoutAnswer(Event.Error why) {
    return new Inspection(siteName, host, watched, health, lastGood, null, null, why, false);
  }
}
