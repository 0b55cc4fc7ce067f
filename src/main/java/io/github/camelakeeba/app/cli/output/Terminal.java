package io.github.camelakeeba.app.cli.output;

import java.io.Console;

public final class Terminal {
  private Terminal() {}

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
