package io.github.camelakeeba.notify.text;

import freemarker.core.ParseException;
import freemarker.template.TemplateException;
import io.github.camelakeeba.secret.UntrustedText;

/** Why a template does not work, in one line. */
public final class TemplateErrorMessage {
  private TemplateErrorMessage() {}

  /** {@code "line 3: …"}; names the file when it is another one than this. */
  public static String of(Throwable thrown, String name) {
    if (thrown instanceof ParseException broken) {
      return place(broken.getTemplateName(), broken.getLineNumber(), name)
          + line(broken.getEditorMessage());
    }
    if (thrown instanceof TemplateException failed) {
      return place(failed.getTemplateSourceName(), failed.getLineNumber(), name)
          + line(failed.getMessageWithoutStackTop());
    }
    if (thrown instanceof StackOverflowError) {
      return "includes or calls itself without end";
    }
    return line(String.valueOf(thrown.getMessage()));
  }

  private static String place(String where, Integer line, String name) {
    String file = where == null || where.equals(name) ? "" : where + " ";
    return line == null ? "" : file + "line " + line + ": ";
  }

  /** Without the tips that FreeMarker gives below. */
  private static String line(String message) {
    return UntrustedText.oneLine(message.replaceFirst("(?s)\n-{3,}.*", ""), 300);
  }
}
