package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Digest;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.ParkedNotice;
import io.github.camelakeeba.event.PastRun;
import io.github.camelakeeba.event.Report;
import io.github.camelakeeba.secret.UntrustedText;
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

/** Renders messages by the templates of their kind. Whatever a template does, there is a text. */
public final class MessageRenderer {
  private static final Logger LOG = LoggerFactory.getLogger(MessageRenderer.class);
  private static final int MAX_SUBJECT_LENGTH = 180;
  private static final int MAX_HEADLINE_LENGTH = 400;
  private static final String TEST_MARK = "[TEST] ";

  private final Templates templates;
  private final UserTemplates userTemplates;
  private final Map<String, Site> sites;
  private final Function<String, Optional<Instant>> nextRun;
  private final Function<String, List<PastRun>> pastRuns;

  /**
   * @param home a file of its {@code config/templates/} replaces the built-in one of its name
   * @param past how the last backups of a site ended, newest last; may throw
   */
  public MessageRenderer(
      Path home,
      Map<String, Site> sites,
      Function<String, Optional<Instant>> nextRun,
      Function<String, List<PastRun>> past) {
    this.userTemplates = UserTemplates.of(home);
    this.templates = userTemplates.templates();
    this.sites = sites;
    this.nextRun = nextRun;
    this.pastRuns = past;
  }

  public List<String> problems(Collection<Channel> channels) {
    return userTemplates.problems(channels);
  }

  /** The message's model, with {@code subject} and {@code headline}, each one line. */
  public Map<String, Object> model(Notification message) {
    Map<String, Object> model = baseModel(message);
    String mark = Boolean.TRUE.equals(model.get("test")) ? TEST_MARK : "";
    String headline = line("headline.ftl", model, MAX_HEADLINE_LENGTH);
    model.put("headline", mark + headline);
    String subject = line("subject-" + model.get("state") + ".ftl", model, MAX_SUBJECT_LENGTH);
    model.put("subject", UntrustedText.oneLine(mark + subject, MAX_SUBJECT_LENGTH));
    return model;
  }

  /** A test is marked, whatever the user's own template says. */
  public static String markTest(String text, Map<String, Object> model) {
    boolean test = Boolean.TRUE.equals(model.get("test"));
    return test && !text.contains(TEST_MARK.strip()) ? TEST_MARK + text : text;
  }

  private String line(String template, Map<String, Object> model, int longest) {
    return UntrustedText.oneLine(
        render(template, model, () -> FallbackText.subject(model)).strip(), longest);
  }

  /** What this template makes of the model; the fall-back when not even the built-in one works. */
  public String render(String template, Map<String, Object> model, Supplier<String> fallback) {
    try {
      return templates.render(template, model);
    } catch (RuntimeException e) {
      LOG.error("no template makes {}; a plain text is sent", template, e);
      return fallback.get();
    }
  }

  private Map<String, Object> baseModel(Notification message) {
    if (!(message instanceof Event event)) {
      return model(message, sites, Optional.empty(), List.of());
    }
    String site = event.data().site();
    return model(
        message,
        sites,
        queryOrDefault(() -> nextRun.apply(site), Optional.empty()),
        queryOrDefault(() -> pastRuns.apply(site), List.of()));
  }

  /** What is known of a message; {@code nextRun} and {@code past} count for an event only. */
  static Map<String, Object> model(
      Notification message,
      Map<String, Site> sites,
      Optional<Instant> nextRun,
      List<PastRun> past) {
    if (message instanceof Digest digest) {
      return DigestModel.of(digest, sites);
    }
    if (message instanceof Report report) {
      return ReportModel.of(report);
    }
    if (message instanceof ParkedNotice notice) {
      return ParkedNoticeModel.of(notice, DataModelBuilder.commonZone(sites.keySet(), sites));
    }
    Event event = (Event) message;
    return EventModel.of(event, sites.get(event.data().site()), nextRun, past);
  }

  /** What can not be read now is left out: a message must not wait for it. */
  private static <T> T queryOrDefault(Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      LOG.warn("a message goes out without its history or next run: {}", e.getMessage());
      return otherwise;
    }
  }
}
