package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.ProgramName;
import io.github.camelakeeba.app.cli.output.Terminal;
import io.github.camelakeeba.app.cli.setup.SiteDraft.MailDraft;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.CronExpressions;
import io.github.camelakeeba.config.SiteAddress;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.ServeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Writes a site: what no option says is asked on a terminal. */
abstract class SetupCommand extends ProgramCommand implements Callable<Integer> {
  @Option(names = "--url", paramLabel = "U", description = "The site's address.")
  String url;

  @Option(
      names = "--secret-file",
      paramLabel = "F",
      description =
          "File with the secret word of the site's JSON API; it is copied to config/secrets/NAME.")
  Path secretFile;

  @Option(
      names = "--token-file",
      paramLabel = "F",
      description = "The same with a Joomla API token, in place of the secret word.")
  Path tokenFile;

  @Option(names = "--name", paramLabel = "N", description = "Its name. Default: from its host.")
  String name;

  @Option(
      names = "--schedule",
      paramLabel = "S",
      description =
          "When it is backed up, in words or as cron; none: on request only. Default: "
              + SiteDraft.PROPOSED_SCHEDULE
              + ".")
  String schedule;

  @Option(
      names = "--profile",
      paramLabel = "N",
      description = "The Akeeba profile, from 1. Default: 1.")
  Integer profile;

  @Option(
      names = "--mail",
      paramLabel = "A",
      description =
          "Address to notify of warnings, failures and missed backups; a test mail is sent.")
  String mail;

  @Option(names = "--smtp", paramLabel = "U", description = "Its mail server: smtp://host:port.")
  String smtp;

  @Option(names = "--smtp-user", paramLabel = "N", description = "User name there.")
  String smtpUser;

  @Option(
      names = "--smtp-password-file",
      paramLabel = "F",
      description = "File with the password there; it is copied, too.")
  Path smtpPasswordFile;

  @Option(
      names = "--from",
      paramLabel = "A",
      description = "Sender of the mails. Default: as --mail.")
  String from;

  @Option(
      names = "--no-test",
      negatable = false,
      description = "Write it without reaching the site and the mail server.")
  boolean untested;

  abstract SiteSetup setup(Home home) throws IOException;

  @Override
  public final Integer call() throws Exception {
    SiteDraft given = given();
    boolean whole = given.url() != null && given.credential() != null;
    if (!whole && !Terminal.present()) {
      throw usage("there is no terminal to ask on: say --url, and --secret-file or --token-file");
    }
    SiteSetup setup = setup(home());
    try {
      return whole
          ? write(setup, given.complete(setup.names()))
          : asked(setup, new SiteInterview(new ConsolePrompt(), setup).ask(given, !untested));
    } catch (CancellationException e) {
      System.err.println("nothing was written");
      return ExitCode.FAILED;
    }
  }

  private SiteDraft given() {
    if (secretFile != null && tokenFile != null) {
      throw usage("--secret-file and --token-file: name one of them");
    }
    if ((mail == null) != (smtp == null)) {
      throw usage("--mail and --smtp go together");
    }
    if (mail == null && (smtpUser != null || smtpPasswordFile != null || from != null)) {
      throw usage("--smtp-user, --smtp-password-file and --from go with --mail and --smtp");
    }
    if ((smtpUser == null) != (smtpPasswordFile == null)) {
      throw usage("--smtp-user and --smtp-password-file go together");
    }
    if (name != null && !SiteName.isLegal(name)) {
      throw usage("--name: " + SiteName.ALLOWED);
    }
    check("--url", url, SiteAddress::parse);
    if (!SiteDraft.ON_REQUEST.equals(schedule)) {
      check("--schedule", schedule, CronExpressions::validated);
    }
    return new SiteDraft(
        url,
        secretFile != null
            ? credential("secret", secretFile)
            : tokenFile != null ? credential("token", tokenFile) : null,
        name,
        schedule,
        profile,
        mail == null
            ? null
            : MailDraft.of(
                mail,
                smtp,
                from,
                smtpUser,
                smtpUser == null ? null : credential("password", smtpPasswordFile)));
  }

  private interface Parser {
    Object parse(String text);
  }

  private void check(String option, String value, Parser parser) {
    try {
      if (value != null) {
        parser.parse(value);
      }
    } catch (IllegalArgumentException e) {
      throw usage(option + ": it " + e.getMessage());
    }
  }

  private static Credential credential(String key, Path file) {
    return new Credential(key, SecretFiles.read(file), file);
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** Tries it, and writes it if it works. */
  private int write(SiteSetup setup, SiteDraft draft) throws Exception {
    Candidate candidate = setup.candidate(draft);
    try (SetupTrial trial = setup.trial(candidate)) {
      String twin = SiteSetup.twin(trial, draft.name());
      if (twin != null) {
        throw new ConfigurationException(
            "this is the address of the site %s, which is there already; nothing was written"
                .formatted(twin));
      }
      if (!untested) {
        SiteInterview.found(trial.site(draft.name()).test()).forEach(System.out::println);
        String reason =
            draft.mail() == null ? null : trial.sendTest(setup.channelName(), draft.name());
        if (reason != null) {
          return refused("the mail server was not reached: " + reason);
        }
        if (draft.mail() != null) {
          System.out.println("The mail server has taken a test mail.");
        }
      }
    } catch (AkeebaException e) {
      return refused("%s: %s: %s".formatted(draft.name(), e.kind().word(), e.getMessage()));
    }
    return written(setup, draft, candidate);
  }

  private static int refused(String sentence) {
    System.err.println(sentence);
    System.err.println("nothing was written; mend it, or write it untested with --no-test");
    return ExitCode.FAILED;
  }

  /** What the user has seen at work, or wants all the same. */
  private int asked(SiteSetup setup, SiteDraft answered) throws Exception {
    SiteDraft draft = answered.complete(setup.names());
    Candidate candidate = setup.candidate(draft);
    setup.trial(candidate).close(); // what is written must pass check
    return written(setup, draft, candidate);
  }

  private int written(SiteSetup setup, SiteDraft draft, Candidate candidate) throws IOException {
    setup.write(candidate);
    System.out.printf("%s has the site %s.%n", SiteSetup.FILE, draft.name());
    System.out.println("Next:");
    Map<String, String> next = new LinkedHashMap<>();
    if (ServeFiles.find(home()).isPresent()) {
      next.put(ProgramName.with("reload"), "the serve that runs here takes the site");
    }
    next.put(ProgramName.with("backup " + draft.name()), "a backup now");
    next.put(ProgramName.with("check"), "what is backed up when, and who is notified");
    next.put(ProgramName.with("serve"), "the schedules, until it is stopped");
    next.put(ProgramName.with("add-site"), "another site");
    int width = next.keySet().stream().mapToInt(String::length).max().orElseThrow();
    next.forEach((command, what) -> System.out.printf("  %-" + width + "s  %s%n", command, what));
    return ExitCode.COMPLETED;
  }
}
