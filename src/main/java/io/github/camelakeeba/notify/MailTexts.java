package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Site;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Subject, text and HTML of the mail that tells of an event. */
public final class MailTexts {
  private static final int LONGEST_SUBJECT = 180;
  private static final int WIDTH = 100;

  private final Templates templates;
  private final Map<String, Site> sites;
  private final Function<String, Optional<Instant>> nextRun;

  /** One mail's texts. */
  public record Written(String subject, String text, String html) {}

  /**
   * For these sites.
   *
   * @param home its {@code config/templates/} may override {@code mail-subject.ftl}, {@code
   *     mail-text.ftl}, {@code mail-html.ftlh} and {@code mail-rows.ftl}, each by itself
   * @param sites by name, for the time zone
   * @param nextRun the next fire time of the site with this name
   */
  public MailTexts(
      Path home, Map<String, Site> sites, Function<String, Optional<Instant>> nextRun) {
    this.templates = new Templates(home);
    this.sites = sites;
    this.nextRun = nextRun;
  }

  /** The texts for this message. */
  public Written write(Message message) {
    if (!(message instanceof Event event)) {
      throw new IllegalStateException(message.type());
    }
    String site = event.data().site();
    Map<String, Object> facts = MailFacts.of(event, sites.get(site), nextRun.apply(site));
    return new Written(
        ServerText.oneLine(templates.render("mail-subject.ftl", facts), LONGEST_SUBJECT),
        ServerText.wrap(templates.render("mail-text.ftl", facts), WIDTH),
        templates.render("mail-html.ftlh", facts));
  }
}
