package io.github.camelakeeba.akeeba;

/**
 * A question to one site.
 *
 * @param siteName its name in sites.yaml
 * @param recordId the number of a record, or 0
 * @param profileId the number of a profile, or 0
 * @param from the first record of a page; 0 is the newest
 * @param limit records in a page
 */
public record SiteQuery(String siteName, long recordId, int profileId, int from, int limit)
    implements OperationInput {
  /** About the site itself. */
  public static SiteQuery of(String site) {
    return new SiteQuery(site, 0, 0, 0, 50);
  }

  /** About a record. */
  public static SiteQuery ofRecord(String site, long record) {
    return new SiteQuery(site, record, 0, 0, 50);
  }

  /** About a profile. */
  public static SiteQuery ofProfile(String site, int profile) {
    return new SiteQuery(site, 0, profile, 0, 50);
  }

  /** A page of its backups. */
  public static SiteQuery page(String site, int from, int limit) {
    return new SiteQuery(site, 0, 0, from, limit);
  }
}
