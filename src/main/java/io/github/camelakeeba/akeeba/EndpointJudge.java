package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.akeeba.EndpointSearch.Miss;
import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.Endpoint.Version;
import io.github.camelakeeba.site.Site;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
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

  private final AnswerParser parser;
  private final Failures failures;

  /** Reads answers with this parser, and puts failures into words. */
  public EndpointJudge(AnswerParser parser, Failures failures) {
    this.parser = parser;
    this.failures = failures;
  }

  /** A search below the site's address. */
  public EndpointSearch begin(@Variable("akeeba-site") Site site) {
    return new EndpointSearch(site.url(), Candidates.of(site), List.of(), 0, null, null);
  }

  /** After an answer to getVersion. */
  public EndpointSearch heard(
      @Variable("akeeba-search") EndpointSearch search,
      @Variable("akeeba-site") Site site,
      @Variable("akeeba-call") Call called,
      @Variable("akeeba-answer") Answer answer) {
    int sent = 1 + called.hops();
    try {
      parser.version(answer);
      return search.found(here(search, called), sent);
    } catch (AkeebaException why) {
      if (api(answer)) {
        return refused(search, site, called, why);
      }
      boolean here = why instanceof BlockedException || answer.httpStatus() == 403;
      if (why.kind() != ErrorKind.NOT_FOUND && !here) {
        return search.over(why, sent);
      }
      return moved(search, called).missed(why, sent);
    }
  }

  /** After a question that met no answer. */
  public EndpointSearch unheard(
      Exchange exchange,
      @Variable("akeeba-search") EndpointSearch search,
      @Variable("akeeba-call") Call called) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    AkeebaException why = failures.explain(thrown, called);
    boolean gone =
        !(why instanceof LostAnswerException lost)
            || lost.reached() == LostAnswerException.Reached.NOT_SENT;
    return gone || lost(search) + 1 >= MOST_LOST
        ? search.over(why, 1)
        : search.missed(why, 1 + called.hops());
  }

  /** Where the API is; throws why that is not known. */
  public Endpoint found(
      @Variable("akeeba-search") EndpointSearch search, @Variable("akeeba-site") Site site) {
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
  private static EndpointSearch refused(
      EndpointSearch search, Site site, Call called, AkeebaException why) {
    int sent = 1 + called.hops();
    Endpoint here = search.candidate();
    boolean other = here.version() == Version.V3 && site.secret() != null;
    if (other && why.kind() == ErrorKind.REFUSED_SECRET) {
      return moved(search, called).missed(why, sent);
    }
    return search.over(
        new AkeebaException(
            why.kind(),
            "The API %s is at %s. %s"
                .formatted(here.version().word(), here(search, called).url(), why.getMessage())),
        sent);
  }

  private static Endpoint here(EndpointSearch search, Call called) {
    return called.hops() == 0 || !"POST".equals(called.verb())
        ? search.candidate()
        : search.candidate().moved(Credential.bare(called.url()), called.method());
  }

  private static EndpointSearch moved(EndpointSearch search, Call called) {
    if (called.hops() == 0) {
      return search;
    }
    URI base = search.baseOf(here(search, called).url());
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
