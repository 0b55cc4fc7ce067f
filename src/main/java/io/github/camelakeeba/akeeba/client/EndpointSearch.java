package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.config.ApiEndpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A search for the API of a site, as far as it has come.
 *
 * @param base the site's own address; where a redirect shows another one, that
 * @param left the candidates not yet asked, the next one first
 * @param misses what the others said
 * @param requests sent so far, redirects counted
 * @param found where the API is; null: not known yet
 * @param verdict why there is no use in asking on; null: there is
 */
public record EndpointSearch(
    URI base,
    List<ApiEndpoint> remaining,
    List<RejectedCandidate> rejected,
    int requests,
    ApiEndpoint found,
    AkeebaException failure) {

  /**
   * A candidate that is not the one.
   *
   * @param endpoint which one
   * @param why what it said in place of an answer
   */
  public record RejectedCandidate(ApiEndpoint endpoint, AkeebaException reason) {}

  /** Whether there is somebody to ask. */
  public boolean open() {
    return found == null && failure == null && !remaining.isEmpty();
  }

  /** Who is asked next. */
  public ApiEndpoint candidate() {
    return remaining.get(0);
  }

  /** Found there. */
  EndpointSearch found(ApiEndpoint endpoint, int sent) {
    return new EndpointSearch(base, remaining, rejected, requests + sent, endpoint, null);
  }

  /** Over, for this reason. */
  EndpointSearch failed(AkeebaException why, int sent) {
    return new EndpointSearch(base, remaining, rejected, requests + sent, null, why);
  }

  /** Not there. */
  EndpointSearch withoutCandidate(AkeebaException why, int sent) {
    List<RejectedCandidate> more = new ArrayList<>(rejected);
    more.add(new RejectedCandidate(candidate(), why));
    return new EndpointSearch(
        base,
        remaining.subList(1, remaining.size()),
        List.copyOf(more),
        requests + sent,
        null,
        null);
  }

  /** The same below the address that the site itself redirects to. */
  EndpointSearch rebased(URI moved) {
    return new EndpointSearch(
        moved,
        remaining.stream()
            .map(each -> new ApiEndpoint(rebase(moved, each.url()), each.product(), each.version()))
            .toList(),
        rejected,
        requests,
        found,
        failure);
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
