package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.CallDelay;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.akeeba.http.RequestBody;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A search for the API of a site, as far as it has come.
 *
 * @param base the site's own address; where a redirect shows another one, that
 * @param remaining the candidates not yet asked, the next one first
 * @param requests sent so far, redirects counted
 * @param found where the API is; null: not known yet
 * @param failure why the search ends; null: it goes on
 * @param retry of the next candidate; null: it was not asked yet
 */
public record EndpointSearch(
    Site site,
    URI base,
    List<ApiEndpoint> remaining,
    List<RejectedCandidate> rejected,
    int requests,
    ApiEndpoint found,
    AkeebaException failure,
    ReadRetry retry)
    implements CallDelay {
  public record RejectedCandidate(ApiEndpoint endpoint, AkeebaException reason) {}

  public static EndpointSearch of(Site site) {
    return new EndpointSearch(
        site, site.url(), EndpointCandidates.of(site), List.of(), 0, null, null, null);
  }

  public static EndpointSearch known(Site site, ApiEndpoint endpoint) {
    return new EndpointSearch(site, site.url(), List.of(), List.of(), 0, endpoint, null, null);
  }

  /** Whether nothing was sent: the endpoint is configured, or was found before. */
  public boolean remembered() {
    return requests == 0 && found != null;
  }

  /** Whether it was found before, so that the API may have moved since. */
  public boolean mayHaveMoved() {
    return remembered() && site.address().endpoint() == null;
  }

  @Override
  public long pause() {
    return retry == null ? 0 : retry.pause();
  }

  public ApiQuery probe() {
    return new ApiQuery(site, RequestBody.getVersion()).at(candidate());
  }

  public boolean open() {
    return found == null && failure == null && !remaining.isEmpty();
  }

  public ApiEndpoint candidate() {
    return remaining.get(0);
  }

  EndpointSearch foundAt(ApiEndpoint endpoint, int sent) {
    return new EndpointSearch(
        site, base, remaining, rejected, requests + sent, endpoint, null, null);
  }

  EndpointSearch failed(AkeebaException why, int sent) {
    return new EndpointSearch(site, base, remaining, rejected, requests + sent, null, why, null);
  }

  EndpointSearch again(ReadRetry pause) {
    return new EndpointSearch(site, base, remaining, rejected, requests, null, null, pause);
  }

  EndpointSearch withoutCandidate(AkeebaException why, int sent) {
    List<RejectedCandidate> more = new ArrayList<>(rejected);
    more.add(new RejectedCandidate(candidate(), why));
    return new EndpointSearch(
        site,
        base,
        remaining.subList(1, remaining.size()),
        List.copyOf(more),
        requests + sent,
        null,
        null,
        null);
  }

  /** The same below the address that the site itself redirects to. */
  EndpointSearch rebased(URI moved) {
    return new EndpointSearch(
        site,
        moved,
        remaining.stream()
            .map(each -> new ApiEndpoint(rebase(moved, each.url()), each.product(), each.version()))
            .toList(),
        rejected,
        requests,
        found,
        failure,
        retry);
  }

  private URI rebase(URI moved, URI candidate) {
    return URI.create(moved + candidate.toString().substring(base.toString().length()));
  }

  /** The base that makes this address of the candidate, or null. */
  URI baseOf(URI called) {
    String below = candidate().url().toString().substring(base.toString().length());
    String at = called.toString();
    return at.endsWith("/" + below) && !Objects.equals(at, candidate().url().toString())
        ? URI.create(at.substring(0, at.length() - below.length()))
        : null;
  }
}
