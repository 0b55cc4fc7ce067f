package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.archive.ExtractCommand;
import io.github.camelakeeba.app.cli.archive.VerifyCommand;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.PluginLine;
import io.github.camelakeeba.app.cli.proof.RestoreTestCommand;
import io.github.camelakeeba.app.cli.setup.ImportCommand;
import io.github.camelakeeba.app.cli.setup.InitCommand;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.FileEncoding;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.secret.SecretMasker;
import io.github.camelakeeba.secret.UntrustedText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

@Command(
    name = "camel-akeeba-backup",
    description =
        "Takes Akeeba Backup backups of Joomla, WordPress and Solo sites, on a schedule or on an event, and reports every outcome.",
    subcommands = {
      InitCommand.class,
      InitCommand.AddSite.class,
      ImportCommand.class,
      ServeCommand.class,
      BackupCommand.class,
      TestCommand.class,
      CheckCommand.class,
      StatusCommand.class,
      StopCommand.class,
      PauseCommand.class,
      ReloadCommand.class,
      ResumeCommand.class,
      ProfilesCommand.class,
      ListCommand.class,
      InfoCommand.class,
      DownloadCommand.class,
      ExtractCommand.class,
      RestoreTestCommand.class,
      VerifyCommand.class,
      DeleteCommand.class,
      DeleteCommand.Files.class,
      ExportProfileCommand.class,
      ImportProfileCommand.class,
      OutboxCommand.class,
      NotifyTestCommand.class,
      DemoCommand.class
    },
    versionProvider = BackupApp.Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:completed",
      "1:failed",
      "2:wrong usage or configuration",
      "3:completed with warnings",
      "4:refused, a backup of this site is running"
    },
    footer = {"", "First steps: camel-akeeba-backup demo --once"})
public final class BackupApp extends ProgramCommand {
  /** The system property with the names of the jars that a user has added. */
  static final String ADDED_JARS_PROPERTY = "backup.added";

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "The folder with config/, routes/ and data/. Else BACKUP_HOME, else the working directory.")
  Path home;

  @Option(
      names = "--log",
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      defaultValue = "text",
      description = "Log lines on stderr as text or json. Default: ${DEFAULT-VALUE}.")
  LogFormat log;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log more.")
  boolean verbose;

  enum LogFormat {
    text,
    json
  }

  public static void main(String[] arguments) {
    // libraries ask for the locale: Arabic digits, the dotless i of Turkish
    Locale.setDefault(Locale.ENGLISH);
    System.exit(run(arguments));
  }

  public static int run(String... arguments) {
    BackupApp app = new BackupApp();
    CommandLine line = new CommandLine(app);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionStrategy(app::execute);
    line.setParameterExceptionHandler((fault, given) -> explainUsage(fault));
    line.setExecutionExceptionHandler((thrown, command, parsed) -> explain(thrown, command));
    return PluginLine.isAskedBy(arguments) ? check(line, arguments) : line.execute(arguments);
  }

  /** Whatever is wrong, a monitoring system gets its line, and never a code of another meaning. */
  private static int check(CommandLine line, String... arguments) {
    line.setParameterExceptionHandler((fault, given) -> cannotTell(usage(fault)));
    line.setExecutionExceptionHandler(
        (thrown, command, parsed) ->
            cannotTell(
                thrown instanceof ConfigurationException configuration
                    ? PluginLine.oneOf(configuration.problems())
                    : reason(thrown)));
    try {
      return line.execute(arguments);
    } catch (LinkageError | VirtualMachineError e) { // a jar is missing, or memory
      return cannotTell(reason(e));
    }
  }

  private static int cannotTell(String reason) {
    PluginLine unknown = PluginLine.unknown(reason);
    System.out.println(unknown.text());
    return unknown.code();
  }

  private int execute(ParseResult parsed) {
    // JDK 24 and later warn on stderr of what the message brokers' clients do otherwise
    System.getProperties().putIfAbsent("io.netty.noUnsafe", "true");
    // else each thread that has logged keeps 13 KB of buffers, and a run is a thread
    System.getProperties().putIfAbsent("log4j2.enableThreadlocals", "false");
    System.getProperties().putIfAbsent("log4j2.enableDirectEncoders", "false");
    // before the first logger; Log4j's default name in the jar would configure a host's logging
    if (System.getProperty("log4j.configurationFile") == null) {
      System.getProperties()
          .putIfAbsent("log4j2.configurationFile", "classpath:camel-akeeba-backup-log4j2.xml");
    }
    System.setProperty("backup.log", log.name());
    if (verbose) {
      System.setProperty("backup.log.level", "debug");
      System.setProperty("backup.log.camel", "info");
    } else if (parsed.hasSubcommand()
        && !parsed.subcommand().commandSpec().name().equals("serve")) {
      System.setProperty("backup.log.level", "warn");
    }
    if (!parsed.hasSubcommand()
        && !parsed.isUsageHelpRequested()
        && !parsed.isVersionHelpRequested()) {
      parsed.commandSpec().commandLine().usage(System.err);
      return ExitCode.USAGE;
    }
    if (System.getProperty(ADDED_JARS_PROPERTY) != null) {
      LoggerFactory.getLogger(BackupApp.class)
          .info("added from lib: {}", System.getProperty(ADDED_JARS_PROPERTY));
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private static int explainUsage(ParameterException fault) {
    fault.getCommandLine().getErr().println(usage(fault));
    return ExitCode.USAGE;
  }

  private static String usage(ParameterException fault) {
    CommandLine command = fault.getCommandLine();
    String what = UntrustedText.oneLine(fault.getMessage(), 200);
    if (fault instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      String kind =
          word.startsWith("-")
              ? "unknown option"
              : command.getParent() == null ? "unknown command" : "unexpected";
      what = "%s '%s'".formatted(kind, UntrustedText.asName(word));
    }
    return "%s; see '%s --help'".formatted(what, command.getCommandSpec().qualifiedName(" "));
  }

  private static int explain(Exception thrown, CommandLine command) {
    if (thrown instanceof ConfigurationException configuration) {
      configuration.problems().forEach(command.getErr()::println);
      return ExitCode.USAGE;
    }
    command.getErr().println(SecretMasker.mask(reason(thrown)));
    if (thrown instanceof InvalidPathException && FileEncoding.warning() != null) {
      command.getErr().println(FileEncoding.warning());
    }
    LoggerFactory.getLogger(BackupApp.class).debug("the command failed", thrown);
    if (thrown instanceof RunRefusedException refused) {
      return refused.reason() == RunRefusedException.Reason.BUSY
          ? ExitCode.REFUSED
          : ExitCode.USAGE;
    }
    return ExitCode.FAILED;
  }

  private static String reason(Throwable thrown) {
    StringBuilder reason = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String text = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
      if (reason.indexOf(text) < 0) {
        reason.append(reason.isEmpty() ? "" : ": ").append(text);
      }
    }
    return reason.toString();
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = BackupApp.class.getPackage().getImplementationVersion();
      return new String[] {"camel-akeeba-backup " + (version == null ? "(unpacked)" : version)};
    }
  }
}
