package io.github.camelakeeba.notify.channel;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Everything that a log would print of an exception. */
final class StackTraceText {
  private StackTraceText() {}

  static String of(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
