package io.github.camelakeeba.app.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.service.Home;
import java.nio.file.Path;
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
public abstract class ProgramCommand {
  @Spec protected CommandSpec spec;

  /** The home that the program's own option names. */
  protected Home home() {
    Path named = spec.root().findOption("--home").getValue();
    return Home.of(named);
  }

  protected static int print(boolean json, Supplier<Object> value, Runnable text)
      throws JsonProcessingException {
    if (json) {
      printJson(value.get());
    } else {
      text.run();
    }
    return ExitCode.COMPLETED;
  }

  protected static void printJson(Object value) throws JsonProcessingException {
    System.out.println(new EventJson().mapper().writeValueAsString(value));
  }
}
