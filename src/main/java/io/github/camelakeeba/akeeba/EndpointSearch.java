package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.Endpoint;
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
    List<Endpoint> left,
    List<Miss> misses,
    int requests,
    Endpoint found,
    AkeebaException verdict) {

  /**
   * A candidate that is not the one.
   *
   * @param endpoint which one
   * @param why what it said in place of an answer
   */
  public record Miss(Endpoint endpoint, AkeebaException why) {}

  /** Whether there is somebody to ask. */
  public boolean open() {
    return found == null && verdict == null && !left.isEmpty();
  }

  /** Who is asked next. */
  public Endpoint candidate() {
    return left.get(0);
  }

  /** Found there. */
  EndpointSearch found(Endpoint endpoint, int sent) {
    return new EndpointSearch(base, left, misses, requests + sent, endpoint, null);
  }

  /** Over, for this reason. */
  EndpointSearch over(AkeebaException why, int sent) {
    return new EndpointSearch(base, left, misses, requests + sent, null, why);
  }

  /** Not there. */
  EndpointSearch missed(AkeebaException why, int sent) {
    List<Miss> more = new ArrayList<>(misses);
    more.add(new Miss(candidate(), why));
    return new EndpointSearch(
        base, left.subList(1, left.size()), List.copyOf(more), requests + sent, null, null);
  }

  /** The same below the address that the site itself redirects to. */
  EndpointSearch below(URI moved) {
    return new EndpointSearch(
        moved,
        left.stream()
            .map(each -> new Endpoint(onto(moved, each.url()), each.product(), each.version()))
            .toList(),
        misses,
        requests,
        found,
        verdict);
  }

  private URI onto(URI moved, URI candidate) {
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
