package io.github.camelakeeba.app.demo;

import io.github.camelakeeba.app.cli.output.ProgramName;

/** What to do when the demo has shown what it has. */
final class NextSteps {
  private NextSteps() {}

  static String text(boolean again) {
    return "%sYour own site: %s asks for its address and its secret, and writes config/sites.yaml.%n"
        .formatted(
            again ? "Enter takes the three backups again, Ctrl-C ends the demo.%n".formatted() : "",
            "'%s'".formatted(ProgramName.with("init")));
  }
}
