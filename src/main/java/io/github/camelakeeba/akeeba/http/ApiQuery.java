package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.BodySink;
import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import java.time.Instant;

/**
 * A call that is to be made at a site.
 *
 * @param endpoint where the API is; null: the site's, which is searched for where it is not known
 * @param journaledAt when the store recorded that it is about to be sent; null: it need not be
 * @param sink reads the bytes of a file; null: the answer is read whole
 * @param prefixOnly whether the beginning of an archive is enough
 */
public record ApiQuery(
    Site site,
    RequestBody body,
    ApiEndpoint endpoint,
    Instant journaledAt,
    BodySink sink,
    boolean prefixOnly)
    implements OperationInput {
  public ApiQuery(Site site, RequestBody body) {
    this(site, body, null, null, null, false);
  }

  @Override
  public String siteName() {
    return site.name();
  }

  public ApiQuery at(ApiEndpoint candidate) {
    return new ApiQuery(site, body, candidate, journaledAt, sink, prefixOnly);
  }

  public ApiQuery journaledAt(Instant when) {
    return new ApiQuery(site, body, endpoint, when, sink, prefixOnly);
  }

  public ApiQuery into(BodySink file) {
    return new ApiQuery(site, body, endpoint, journaledAt, file, prefixOnly);
  }

  public ApiQuery prefixOnly(boolean enough) {
    return new ApiQuery(site, body, endpoint, journaledAt, sink, enough);
  }

  /** Without anything secret. */
  @Override
  public String toString() {
    return body.method() + " at " + site.name();
  }
}
