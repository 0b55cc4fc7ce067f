package io.github.camelakeeba.app.cli.setup;

import java.util.concurrent.CancellationException;

/** Somebody who can be asked. */
interface Prompt {
  /** One line, without blanks around it. Throws {@link CancellationException}: nobody is there. */
  String ask(String question);

  /** The same, and nothing of the answer is shown. */
  String askHidden(String question);

  /** Shows a line. */
  void say(String line);

  /** The same; an empty answer is the proposal. */
  default String ask(String question, String proposal) {
    String answer = ask("%s [%s]: ".formatted(question, proposal));
    return answer.isEmpty() ? proposal : answer;
  }
}
