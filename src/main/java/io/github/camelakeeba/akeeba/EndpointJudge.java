package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.akeeba.EndpointSearch.Miss;
import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.Endpoint.Version;
import io.github.camelakeeba.site.Site;
import java.net.URI;
import java.util.stream.Collectors;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out from what the candidates say which one is the API (protocol page, sections 2 and 3).
 */
public final class EndpointJudge {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointJudge.class);

  /** So many candidates may stay without an answer before the site is taken for down. */
  private static final int MOST_LOST = 2;

  private final ReadRetryPolicy retries;

  /** A candidate without an answer is asked again by this policy. */
  public EndpointJudge(ReadRetryPolicy retries) {
    this.retries = retries;
  }

  /**
   * After a call of getVersion.
   *
   * @param came the version, or why it did not come
   */
  public EndpointSearch next(
      @org.apache.camel.Body Object came,
      @Variable("akeeba-search") EndpointSearch search,
      @Variable("akeeba-call") Call call,
      @Variable("akeeba-sent") Sent sent) {
    if (!(came instanceof AkeebaException why)) {
      return search.found(call.next(), 1 + call.hops());
    }
    return sent instanceof Answer answer && !(why instanceof LostAnswerException)
        ? refused(search, call, answer, why)
        : lost(search, call, why);
  }

  private static EndpointSearch refused(
      EndpointSearch search, Call call, Answer answer, AkeebaException why) {
    int sent = 1 + call.hops();
    if (api(answer)) {
      return refusedByTheApi(search, call, why);
    }
    boolean here = why instanceof BlockedException || answer.httpStatus() == 403;
    if (why.kind() != ErrorKind.NOT_FOUND && !here) {
      return search.over(why, sent);
    }
    return moved(search, call).missed(why, sent);
  }

  private EndpointSearch lost(EndpointSearch search, Call call, AkeebaException failure) {
    AkeebaException why = failure;
    try {
      return search.again(retries.next(why, search.retry(), call));
    } catch (AkeebaException last) {
      why = last;
    }
    boolean gone =
        !(why instanceof LostAnswerException lost)
            || lost.reached() == LostAnswerException.Reached.NOT_SENT;
    return gone || lost(search) + 1 >= MOST_LOST
        ? search.over(why, 1)
        : search.missed(why, 1 + call.hops());
  }

  /** Where the API is; throws why that is not known. */
  public Endpoint found(EndpointSearch search) {
    Site site = search.site();
    if (search.found() != null) {
      LOG.info(
          "found: {}, API {}, at {}",
          search.found().product().title(),
          search.found().version().word(),
          search.found().url());
      return search.found();
    }
    AkeebaException why = search.verdict() != null ? search.verdict() : nothing(search, site);
    boolean mute = why instanceof LostAnswerException && !(why instanceof BadCertificateException);
    throw site.address().bare() && mute ? hinted((LostAnswerException) why) : why;
  }

  /**
   * A site without https is not asked by http unless somebody says so: the secret would be read.
   */
  private static AkeebaException hinted(LostAnswerException lost) {
    return new LostAnswerException(
        lost.kind(),
        lost.getMessage()
            + " The url names no scheme, so https was taken; write http:// if the site has nothing better.",
        lost.reached(),
        lost.retryAfter(),
        lost);
  }

  /** Whether it is Akeeba's API that answers, if only with a refusal. */
  private static boolean api(Answer answer) {
    boolean delivered = answer.httpStatus() >= 200 && answer.httpStatus() < 300;
    return delivered && Body.of(answer.body()).state() == Body.State.ENVELOPE;
  }

  /** It is the right address. With a token the secret word may still be let in. */
  private static EndpointSearch refusedByTheApi(
      EndpointSearch search, Call call, AkeebaException why) {
    Endpoint here = search.candidate();
    boolean other = here.version() == Version.V3 && search.site().secret() != null;
    if (other && why.kind() == ErrorKind.REFUSED_SECRET) {
      return moved(search, call).missed(why, 1 + call.hops());
    }
    return search.over(
        new AkeebaException(
            why.kind(),
            "The API %s is at %s. %s"
                .formatted(here.version().word(), call.next().url(), why.getMessage())),
        1 + call.hops());
  }

  private static EndpointSearch moved(EndpointSearch search, Call called) {
    if (called.hops() == 0) {
      return search;
    }
    URI base = search.baseOf(called.next().url());
    return base == null ? search : search.below(base);
  }

  private static long lost(EndpointSearch search) {
    return search.misses().stream()
        .filter(miss -> miss.why() instanceof LostAnswerException)
        .count();
  }

  private static AkeebaException nothing(EndpointSearch search, Site site) {
    for (Miss miss : search.misses()) {
      if (miss.why() instanceof LostAnswerException || forbidden(miss)) {
        return miss.why();
      }
    }
    String tried =
        search.misses().stream()
            .map(miss -> search.base().relativize(miss.endpoint().url()).toString())
            .collect(Collectors.joining(", "));
    if (site.address().retired()) {
      return new AkeebaException(
          ErrorKind.CONFIGURATION,
          "The url is an address of the retired API v1, and no API v2 or v3 was found below %s (asked: %s). Update Akeeba Backup on the site."
              .formatted(site.url(), tried));
    }
    // what each said is the same sentence with another reason: the telling one is the first
    String hint = search.misses().isEmpty() ? "" : " " + search.misses().get(0).why().getMessage();
    return new AkeebaException(
        ErrorKind.NOT_FOUND,
        "No Akeeba Backup API was found at %s (asked: %s). Is Akeeba Backup Professional installed, its JSON API switched on, and is this the address of the site itself?%s%s"
            .formatted(site.url(), tried, hint, token(site)));
  }

  private static boolean forbidden(Miss miss) {
    return miss.why() instanceof BlockedException || miss.why().kind() == ErrorKind.REFUSED_SECRET;
  }

  private static String token(Site site) {
    return site.secret() != null
        ? ""
        : " A token alone needs Joomla's API application, and Akeeba Backup 10.4 or later; with 'secret' the other addresses are asked too.";
  }
}
