package io.github.camelakeeba.notify;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Everything that a log would print of an exception. */
final class Traces {
  private Traces() {}

  static String of(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }
}
