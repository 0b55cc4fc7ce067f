package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.BadCertificateException;
import io.github.camelakeeba.akeeba.BlockedException;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.CallResult;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.answer.ResponseBody;
import io.github.camelakeeba.akeeba.client.EndpointSearch.RejectedCandidate;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.ApiEndpoint.Version;
import io.github.camelakeeba.config.Site;
import java.net.URI;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Detects the API by what its candidates answer. */
public final class EndpointDetector {
  private static final Logger LOG = LoggerFactory.getLogger(EndpointDetector.class);
  private static final int MAX_LOST = 2; // candidates without an answer: the site is down

  private final ReadRetryPolicy retries;

  public EndpointDetector(ReadRetryPolicy retries) {
    this.retries = retries;
  }

  /** The search after a call of getVersion; the answer is the version, or why it did not come. */
  public EndpointSearch next(Object answer, EndpointSearch search, Call call, CallResult sent) {
    if (!(answer instanceof AkeebaException why)) {
      return search.foundAt(call.next(), 1 + call.redirects());
    }
    return sent instanceof AkeebaResponse response && !(why instanceof LostResponseException)
        ? refused(search, call, response, why)
        : lost(search, call, why);
  }

  private static EndpointSearch refused(
      EndpointSearch search, Call call, AkeebaResponse answer, AkeebaException why) {
    int sent = 1 + call.redirects();
    if (isApi(answer)) {
      return refusedByTheApi(search, call, why);
    }
    boolean thisOnly = why instanceof BlockedException || answer.httpStatus() == 403;
    if (why.kind() != ErrorKind.NOT_FOUND && !thisOnly) {
      return search.failed(why, sent);
    }
    return moved(search, call).withoutCandidate(why, sent);
  }

  private EndpointSearch lost(EndpointSearch search, Call call, AkeebaException failure) {
    AkeebaException why = failure;
    try {
      return search.again(retries.next(why, search.retry(), call));
    } catch (AkeebaException last) {
      why = last;
    }
    boolean gone =
        !(why instanceof LostResponseException lost)
            || lost.sendState() == LostResponseException.SendState.NOT_SENT;
    return gone || lost(search) + 1 >= MAX_LOST
        ? search.failed(why, 1)
        : search.withoutCandidate(why, 1 + call.redirects());
  }

  /** Where the API is; throws why that is not known. */
  public ApiEndpoint detected(EndpointSearch search) {
    Site site = search.site();
    if (search.found() != null) {
      LOG.info(
          "found: {}, API {}, at {}",
          search.found().product().title(),
          search.found().version().word(),
          search.found().url());
      return search.found();
    }
    AkeebaException why = search.failure() != null ? search.failure() : notFound(search, site);
    boolean lost =
        why instanceof LostResponseException && !(why instanceof BadCertificateException);
    throw site.address().schemeOmitted() && lost ? hinted((LostResponseException) why) : why;
  }

  /** A site is asked by http only if somebody says so: the secret would be read. */
  private static AkeebaException hinted(LostResponseException lost) {
    return new LostResponseException(
        lost.kind(),
        lost.getMessage()
            + " The url names no scheme, so https was taken; write http:// if the site has nothing better.",
        lost.sendState(),
        lost.retryAfter(),
        lost);
  }

  /** Whether it is Akeeba's API that answers, if only with a refusal. */
  private static boolean isApi(AkeebaResponse answer) {
    boolean delivered = answer.httpStatus() >= 200 && answer.httpStatus() < 300;
    return delivered && ResponseBody.of(answer.body()).state() == ResponseBody.State.ENVELOPE;
  }

  /** It is the right address. With a token the secret word may still be let in. */
  private static EndpointSearch refusedByTheApi(
      EndpointSearch search, Call call, AkeebaException why) {
    ApiEndpoint here = search.candidate();
    boolean other = here.version() == Version.V3 && search.site().secret() != null;
    if (other && why.kind() == ErrorKind.REFUSED_SECRET) {
      return moved(search, call).withoutCandidate(why, 1 + call.redirects());
    }
    return search.failed(
        new AkeebaException(
            why.kind(),
            "The API %s is at %s. %s"
                .formatted(here.version().word(), call.next().url(), why.getMessage())),
        1 + call.redirects());
  }

  private static EndpointSearch moved(EndpointSearch search, Call called) {
    if (called.redirects() == 0) {
      return search;
    }
    URI base = search.baseOf(called.next().url());
    return base == null ? search : search.rebased(base);
  }

  private static long lost(EndpointSearch search) {
    return search.rejected().stream()
        .filter(one -> one.reason() instanceof LostResponseException)
        .count();
  }

  private static AkeebaException notFound(EndpointSearch search, Site site) {
    for (RejectedCandidate candidate : search.rejected()) {
      AkeebaException why = candidate.reason();
      if (why instanceof LostResponseException
          || why instanceof BlockedException
          || why.kind() == ErrorKind.REFUSED_SECRET) {
        return why;
      }
    }
    String tried =
        search.rejected().stream()
            .map(one -> search.base().relativize(one.endpoint().url()).toString())
            .collect(Collectors.joining(", "));
    if (site.address().apiV1()) {
      return new AkeebaException(
          ErrorKind.CONFIGURATION,
          "The url is an address of the retired API v1, and no API v2 or v3 was found below %s (asked: %s). Update Akeeba Backup on the site."
              .formatted(site.url(), tried));
    }
    // each has the same sentence with another reason: that of the first says most
    String hint =
        search.rejected().isEmpty() ? "" : " " + search.rejected().get(0).reason().getMessage();
    return new AkeebaException(
        ErrorKind.NOT_FOUND,
        "No Akeeba Backup API was found at %s (asked: %s). Is Akeeba Backup Professional installed, its JSON API switched on, and is this the address of the site itself?%s%s"
            .formatted(site.url(), tried, hint, token(site)));
  }

  private static String token(Site site) {
    return site.secret() != null
        ? ""
        : " A token alone needs Joomla's API application, and Akeeba Backup 10.4 or later; with 'secret' the other addresses are asked too.";
  }
}
