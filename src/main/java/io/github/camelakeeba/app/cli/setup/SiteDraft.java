package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.config.SiteAddress;
import java.util.Set;

/**
 * A site that is about to be written; null is what is not known yet.
 *
 * @param url as it was typed
 * @param schedule as it was typed, or {@link #ON_REQUEST}
 * @param mail null: nobody is notified by mail
 */
record SiteDraft(
    String url,
    Credential credential,
    String name,
    String schedule,
    Integer profile,
    MailDraft mail) {
  static final String PROPOSED_SCHEDULE = "daily at 02:30";

  /** In place of a schedule: backups on request only. */
  static final String ON_REQUEST = "none";

  /**
   * A mail channel and the rule that names it.
   *
   * @param smtp as it was typed, with its scheme
   * @param username null: no login
   */
  record MailDraft(String to, String smtp, String from, String username, Credential password) {
    static MailDraft of(String to, String smtp, String from, String username, Credential password) {
      String server = smtp.contains("://") ? smtp : "smtp://" + smtp;
      return new MailDraft(to, server, from == null ? to : from, username, password);
    }
  }

  /** With proposals for what is not known and can be proposed. */
  SiteDraft complete(Set<String> taken) {
    return new SiteDraft(
        url,
        credential,
        name == null ? SiteName.ofAddress(SiteAddress.parse(url).url(), taken) : name,
        schedule == null ? PROPOSED_SCHEDULE : schedule,
        profile,
        mail);
  }

  SiteDraft withUrl(String typed) {
    return new SiteDraft(typed, credential, name, schedule, profile, mail);
  }

  SiteDraft withCredential(Credential typed) {
    return new SiteDraft(url, typed, name, schedule, profile, mail);
  }

  SiteDraft withName(String chosen) {
    return new SiteDraft(url, credential, chosen, schedule, profile, mail);
  }

  SiteDraft withSchedule(String chosen) {
    return new SiteDraft(url, credential, name, chosen, profile, mail);
  }

  SiteDraft withProfile(Integer chosen) {
    return new SiteDraft(url, credential, name, schedule, chosen, mail);
  }

  SiteDraft withMail(MailDraft chosen) {
    return new SiteDraft(url, credential, name, schedule, profile, chosen);
  }
}
