package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.secret.UntrustedText;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line, and where help is. */
public final class UsageErrors {
  private UsageErrors() {}

  public static int explain(ParameterException fault, String... arguments) {
    CommandLine command = fault.getCommandLine();
    String what = UntrustedText.oneLine(fault.getMessage(), 200);
    if (fault instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      boolean first = command.getParent() == null && !word.startsWith("-");
      what =
          (first ? "unknown command" : word.startsWith("-") ? "unknown option" : "unexpected")
              + " '"
              + UntrustedText.asName(word)
              + "'";
    }
    command
        .getErr()
        .printf("%s; see '%s --help'%n", what, command.getCommandSpec().qualifiedName(" "));
    return ExitCode.USAGE;
  }
}
