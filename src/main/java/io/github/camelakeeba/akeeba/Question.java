package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.Site;
import java.time.Instant;

/**
 * A call that is to be made at a site.
 *
 * @param endpoint where the API is; null: the site's, which is searched for where it is not known
 * @param noted when the store was told that it is about to be sent, or null: it need not be
 * @param sink takes the bytes of a file; null: the answer is read whole
 * @param brief whether the beginning of an archive is enough
 */
public record Question(
    Site site, RequestBody body, Endpoint endpoint, Instant noted, BodySink sink, boolean brief)
    implements OperationInput {
  /** At the site's endpoint, whose answer is read whole. */
  public Question(Site site, RequestBody body) {
    this(site, body, null, null, null, false);
  }

  @Override
  public String siteName() {
    return site.name();
  }

  /** The same, at a place where the API may be. */
  Question at(Endpoint candidate) {
    return new Question(site, body, candidate, noted, sink, brief);
  }

  /** The same, which goes out only soon after this moment. */
  public Question noted(Instant when) {
    return new Question(site, body, endpoint, when, sink, brief);
  }

  /** The same, whose answer is a file. */
  public Question into(BodySink file) {
    return new Question(site, body, endpoint, noted, file, brief);
  }

  /** The same, of whose answer the beginning is enough. */
  public Question inBrief() {
    return new Question(site, body, endpoint, noted, sink, true);
  }

  /** Without anything secret. */
  @Override
  public String toString() {
    return body.method() + " at " + site.name();
  }
}
