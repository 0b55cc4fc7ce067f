package io.github.camelakeeba.notify.channel;

import freemarker.cache.StringTemplateLoader;
import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.BoundedWriter;
import io.github.camelakeeba.notify.text.BuiltInTemplates;
import io.github.camelakeeba.notify.text.MinimalMessages;
import io.github.camelakeeba.notify.text.SampleMessages;
import io.github.camelakeeba.notify.text.TemplateErrorMessage;
import io.github.camelakeeba.notify.text.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A user's template that makes the JSON body of a webhook; it sees the CloudEvent. */
public final class WebhookTemplate {
  private static final EventJson JSON = new EventJson();
  private static final String NAME = "body.ftlj"; // the extension decides how it is escaped

  private final Template template;

  private WebhookTemplate(Template template) {
    this.template = template;
  }

  /** What is wrong with this file, to follow its name; null: it makes JSON of every kind. */
  public static String templateError(Path file) {
    try {
      load(file);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** The template in this file, tried out; an {@link IllegalArgumentException} says what fails. */
  static WebhookTemplate load(Path file) {
    WebhookTemplate template = new WebhookTemplate(parse(file));
    for (String kind : BuiltInTemplates.KINDS) {
      try {
        template.render(MinimalMessages.BY_KIND.get(kind));
        template.render(SampleMessages.full(kind));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "is a template that does not work for the kind '" + kind + "': " + e.getMessage(), e);
      }
    }
    return template;
  }

  /** The body; an {@link IllegalArgumentException} says why there is none, or no JSON. */
  String render(Notification message) {
    BoundedWriter body = new BoundedWriter();
    try {
      template.process(JSON.toMap(message), body);
    } catch (InvalidReferenceException e) {
      String missing = e.getBlamedExpressionString();
      throw new IllegalArgumentException(
          "line %s: %s is not there; write ${(%s)!\"\"} where it may be missing"
              .formatted(e.getLineNumber(), missing, missing),
          e);
    } catch (IOException | TemplateException | RuntimeException | StackOverflowError e) {
      throw new IllegalArgumentException(TemplateErrorMessage.of(e, NAME), e);
    }
    String error = JSON.jsonError(body.toString());
    if (error != null) {
      throw new IllegalArgumentException(error);
    }
    return body.toString();
  }

  private static Template parse(Path file) {
    try {
      StringTemplateLoader loader = new StringTemplateLoader();
      loader.putTemplate(NAME, Files.readString(file));
      return Templates.configuration(loader).getTemplate(NAME);
    } catch (ParseException e) {
      throw new IllegalArgumentException(
          "is no FreeMarker template: " + TemplateErrorMessage.of(e, NAME), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("is not readable as a template", e);
    }
  }
}
