package io.github.camelakeeba.app.cli.output;

import java.io.Console;
import java.util.Map;

public final class Terminal {
  private Terminal() {}

  /** Whether to write in colour: not where {@code NO_COLOR} has a value (no-color.org). */
  public static boolean coloured() {
    return present() && coloured(System.getenv());
  }

  static boolean coloured(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty() && moves(environment);
  }

  /** Whether lines that are written can be written over. */
  public static boolean movable() {
    return present() && moves(System.getenv());
  }

  static boolean moves(Map<String, String> environment) {
    return !environment.getOrDefault("TERM", "").equals("dumb");
  }

  public static boolean present() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // since JDK 22 there is a console without a terminal too; it says so itself
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // before JDK 22 a console was a terminal
    }
  }
}
