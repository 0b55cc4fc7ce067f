package io.github.camelakeeba.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.service.Home;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands share: help and its headings, the home, JSON on stdout. */
@Command(
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n")
abstract class ProgramCommand {
  @Spec CommandSpec spec;

  Home home() {
    return Home.of(((BackupApp) spec.root().userObject()).home);
  }

  static int print(boolean json, Supplier<Object> value, Runnable text)
      throws JsonProcessingException {
    if (json) {
      printJson(value.get());
    } else {
      text.run();
    }
    return ExitCode.COMPLETED;
  }

  static void printJson(Object value) throws JsonProcessingException {
    System.out.println(new EventJson().mapper().writeValueAsString(value));
  }
}
