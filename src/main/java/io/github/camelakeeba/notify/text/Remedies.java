package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.akeeba.ErrorKind;

/** What the reader of a failure can do, by the kind of the error. */
public final class Remedies {
  static final String CHANNEL_PARKED =
      "Correct what the reason names. \"outbox list\" shows what was not delivered, \"outbox retry\""
          + " sends it. Until the channel takes something again, no more is said of it.";

  private Remedies() {}

  /**
   * One or a few sentences, by {@code error.kind}, or by the state of a restore test that does not
   * prove; "" for any other word.
   */
  public static String of(String kind) {
    for (ErrorKind known : ErrorKind.values()) {
      if (known.word().equals(kind)) {
        return of(known);
      }
    }
    return switch (kind) {
      case "unproved" ->
          "Do not rely on this archive. Take a new backup and test that one: \"backup SITE\", then"
              + " \"restoretest SITE\". If it is not proved either, look in Akeeba Backup's log on the"
              + " site at what the reason names.";
      case "untested" ->
          "This says nothing of the backup itself. Correct what the reason names; the test is tried"
              + " again within a day, and \"restoretest SITE\" tries it at once.";
      default -> "";
    };
  }

  /** The same where it is known why the good backup is missing; kind null: it is not. */
  public static String missed(String site, int failures, String kind) {
    return kind == null
        ? missed(site, failures)
        : kind.equals(ErrorKind.NOT_FOUND.word())
            ? "Take a backup now (\"backup "
                + site
                + "\"), and look at who deletes backups on the site: a quota of its Akeeba profile,"
                + " another client, or a user. \"download\" in config/sites.yaml keeps copies at home."
            : of(kind);
  }

  public static String missed(String site, int failures) {
    String testCommand = "\"test " + site + "\"";
    return failures > 0
        ? "The site was asked, but its backups failed: the message of each failure says why. "
            + testCommand
            + " looks at it now."
        : "Was this service down at the times of the schedule? \"check\" shows when the site is due,"
            + " \"status\" whether a run hangs, "
            + testCommand
            + " whether the site answers.";
  }

  private static String of(ErrorKind kind) {
    return switch (kind) {
      case UNREACHABLE ->
          "Open the site in a browser. If it answers there, look for a firewall, a proxy or a"
              + " certificate between this service and the site.";
      case REFUSED_SECRET ->
          "In Akeeba Backup on the site, see that the JSON API is on and that its secret word is"
              + " the one in config/sites.yaml. The Core edition has no API.";
      case NOT_FOUND ->
          "Check url and profile of this site in config/sites.yaml, and that Akeeba Backup"
              + " Professional is installed and published there.";
      case CONFIGURATION ->
          "Correct what the message names, then start the backup again; it would fail in the same"
              + " way until then.";
      case BUSY ->
          "Another backup of the site ran all the time. Look in Akeeba Backup on the site at who"
              + " starts it, or move this schedule.";
      case BACKUP_ERROR ->
          "The site's own log of this backup (Akeeba Backup, View Log) tells more. Free disk space"
              + " and rights on the output folder are the most common causes.";
      case RESTARTED_ON_SERVER ->
          "Something else began a backup of the site at the same time. Leave only one scheduler in"
              + " charge of it.";
      case OUT_OF_ORDER ->
          "A cache or a security plugin may have changed the answers. Exclude the API's address"
              + " from caching.";
      case UNTRUSTED ->
          "The archive may lack rows of the database: do not rely on it. Start the backup again at"
              + " a quieter time.";
      case TIMEOUT ->
          "If the site is only slow, raise stepTimeout or maxDuration in config/sites.yaml, or lower"
              + " the time of a step in the Akeeba profile.";
      case VERIFICATION ->
          "Do not rely on this archive. Look at free disk space, quotas and the record of this"
              + " backup on the site, then start the backup again.";
      case STOPPED -> "Somebody stopped it. The record on the site stays.";
      case INTERRUPTED -> "The service was stopped meanwhile. Start the backup again.";
      case INTERNAL ->
          "This is a fault of camel-akeeba-backup. Please report it with the service's log.";
    };
  }
}
