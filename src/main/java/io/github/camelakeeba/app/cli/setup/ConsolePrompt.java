package io.github.camelakeeba.app.cli.setup;

import java.io.Console;
import java.util.concurrent.CancellationException;

/** The user at the terminal. */
final class ConsolePrompt implements Prompt {
  private final Console console = System.console();

  @Override
  public String ask(String question) {
    return answered(console.readLine("%s", question));
  }

  @Override
  public String askHidden(String question) {
    char[] typed = console.readPassword("%s", question);
    return answered(typed == null ? null : new String(typed));
  }

  @Override
  public void say(String line) {
    console.printf("%s%n", line);
    console.flush();
  }

  private static String answered(String line) {
    if (line == null) {
      throw new CancellationException("the input has ended");
    }
    return line.strip();
  }
}
