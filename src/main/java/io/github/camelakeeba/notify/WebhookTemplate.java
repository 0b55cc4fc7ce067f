package io.github.camelakeeba.notify;

import freemarker.cache.StringTemplateLoader;
import freemarker.core.InvalidReferenceException;
import freemarker.core.ParseException;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A user's template that makes the JSON body of a webhook; it sees the CloudEvent. */
public final class WebhookTemplate {
  private static final EventJson JSON = new EventJson();
  private static final int LONGEST_REASON = 300;

  private final Template template;

  private WebhookTemplate(Template template) {
    this.template = template;
  }

  /**
   * What is wrong with the template in this file, as the end of a sentence that begins with its
   * name; null when it makes JSON of every kind of message.
   */
  public static String fault(Path file) {
    try {
      read(file);
      return null;
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  /** The template in this file, tried out; an {@link IllegalArgumentException} says what fails. */
  static WebhookTemplate read(Path file) {
    WebhookTemplate read = new WebhookTemplate(parse(file));
    Specimens.ALL.forEach(
        (kind, message) -> {
          try {
            read.render(message);
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "is a template that does not work for " + kind + ": it " + e.getMessage(), e);
          }
        });
    return read;
  }

  /**
   * The body; an {@link IllegalArgumentException} when it is no JSON, its text is the end of a
   * sentence.
   */
  String render(Message message) {
    StringWriter made = new StringWriter();
    try {
      template.process(JSON.tree(message), made);
    } catch (InvalidReferenceException e) {
      String missing = e.getBlamedExpressionString();
      throw new IllegalArgumentException(
          "names %s in line %d, which is not there; write ${(%s)!\"\"} where it may be missing"
              .formatted(missing, e.getLineNumber(), missing),
          e);
    } catch (TemplateException e) {
      throw new IllegalArgumentException(
          "fails in line %d: %s".formatted(e.getLineNumber(), line(e.getMessageWithoutStackTop())),
          e);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("fails: " + line(e.getMessage()), e);
    }
    String fault = JSON.fault(made.toString());
    if (fault != null) {
      throw new IllegalArgumentException(fault);
    }
    return made.toString();
  }

  private static Template parse(Path file) {
    String name = "body.ftlj"; // the extension says how it is escaped
    try {
      StringTemplateLoader loader = new StringTemplateLoader();
      loader.putTemplate(name, Files.readString(file));
      return Templates.configuration(loader).getTemplate(name);
    } catch (ParseException e) {
      throw new IllegalArgumentException(
          "is no FreeMarker template: line %d: %s"
              .formatted(e.getLineNumber(), line(e.getEditorMessage())),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("is not readable as a template", e);
    }
  }

  private static String line(String text) {
    return ServerText.oneLine(String.valueOf(text), LONGEST_REASON);
  }
}
