package io.github.camelakeeba.akeeba;

/** A query of one site: about itself, a record, a profile, or a page of records; ids may be 0. */
public record SiteQuery(String siteName, long recordId, int profileId, int from, int limit)
    implements OperationInput {
  public static SiteQuery of(String site) {
    return new SiteQuery(site, 0, 0, 0, 50);
  }

  public static SiteQuery ofRecord(String site, long record) {
    return new SiteQuery(site, record, 0, 0, 50);
  }

  public static SiteQuery ofProfile(String site, int profile) {
    return new SiteQuery(site, 0, profile, 0, 50);
  }

  public static SiteQuery page(String site, int from, int limit) {
    return new SiteQuery(site, 0, 0, from, limit);
  }
}
