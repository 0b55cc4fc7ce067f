package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Channel;
import io.github.camelakeeba.site.Site;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages in words: what each is made of, by the templates of its kind. Whatever a template does,
 * there is a text.
 */
public final class Texts {
  private static final Logger LOG = LoggerFactory.getLogger(Texts.class);
  private static final int LONGEST_SUBJECT = 180;
  private static final int LONGEST_HEADLINE = 400;
  private static final String TEST = "[TEST] ";

  private final Templates templates;
  private final OwnTemplates own;
  private final Map<String, Site> sites;
  private final Function<String, Optional<Instant>> nextRun;
  private final Function<String, List<Past>> past;

  /**
   * For these sites.
   *
   * @param home any file of its {@code config/templates/} takes the place of the built-in one of
   *     the same name
   * @param sites by name, for the time zone
   * @param nextRun the next fire time of the site with this name
   * @param past how the last backups of the site with this name ended, newest last; may throw
   */
  public Texts(
      Path home,
      Map<String, Site> sites,
      Function<String, Optional<Instant>> nextRun,
      Function<String, List<Past>> past) {
    this.own = OwnTemplates.of(home);
    this.templates = own.templates();
    this.sites = sites;
    this.nextRun = nextRun;
    this.past = past;
  }

  /**
   * A sentence on each template of the user that does not work, or that nobody uses.
   *
   * @param channels may use templates of their own
   */
  public List<String> problems(Collection<Channel> channels) {
    return own.problems(channels);
  }

  /** The message's facts, with {@code subject} and {@code headline}, each one line. */
  Map<String, Object> facts(Message message) {
    Map<String, Object> facts = known(message);
    String mark = Boolean.TRUE.equals(facts.get("test")) ? TEST : "";
    String headline = line("headline.ftl", facts, LONGEST_HEADLINE);
    facts.put("headline", mark + headline);
    String subject = line("subject-" + facts.get("state") + ".ftl", facts, LONGEST_SUBJECT);
    facts.put("subject", ServerText.oneLine(mark + subject, LONGEST_SUBJECT));
    return facts;
  }

  /** A test must be known for one, whatever the user's own template says. */
  static String marked(String text, Map<String, Object> facts) {
    boolean test = Boolean.TRUE.equals(facts.get("test"));
    return test && !text.contains(TEST.strip()) ? TEST + text : text;
  }

  private String line(String template, Map<String, Object> facts, int longest) {
    return ServerText.oneLine(
        render(template, facts, () -> PlainText.subject(facts)).strip(), longest);
  }

  /** What this template makes of the facts; the fall-back when not even the built-in one works. */
  String render(String template, Map<String, Object> facts, Supplier<String> fallback) {
    try {
      return templates.render(template, facts);
    } catch (RuntimeException e) {
      LOG.error("no template makes {}; a plain text is sent", template, e);
      return fallback.get();
    }
  }

  private Map<String, Object> known(Message message) {
    if (!(message instanceof Event event)) {
      return facts(message, sites, Optional.empty(), List.of());
    }
    String site = event.data().site();
    return facts(
        message,
        sites,
        ask(() -> nextRun.apply(site), Optional.empty()),
        ask(() -> past.apply(site), List.of()));
  }

  /** What is known of a message; {@code nextRun} and {@code past} count for an event only. */
  static Map<String, Object> facts(
      Message message, Map<String, Site> sites, Optional<Instant> nextRun, List<Past> past) {
    if (message instanceof Digest digest) {
      return DigestFacts.of(digest, sites);
    }
    if (message instanceof Notice notice) {
      return NoticeFacts.of(notice, Zones.common(sites.keySet(), sites));
    }
    Event event = (Event) message;
    return EventFacts.of(event, sites.get(event.data().site()), nextRun, past);
  }

  /** What can't be found out just now is left out: a message must not wait for it. */
  private static <T> T ask(Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      LOG.warn("a message goes out without its history or next run: {}", e.getMessage());
      return otherwise;
    }
  }
}
