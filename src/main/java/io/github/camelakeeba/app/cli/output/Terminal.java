package io.github.camelakeeba.app.cli.output;

import java.io.Console;
import java.lang.reflect.Method;

public final class Terminal {
  private Terminal() {}

  public static boolean present() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // since JDK 22 there is a console without a terminal too; it says so itself
      Method isTerminal = Console.class.getMethod("isTerminal");
      return (Boolean) isTerminal.invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // before JDK 22 a console was a terminal
    }
  }
}
