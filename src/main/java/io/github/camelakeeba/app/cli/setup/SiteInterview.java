package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.app.cli.backend.SiteClient.SiteReport;
import io.github.camelakeeba.app.cli.setup.SiteDraft.MailDraft;
import io.github.camelakeeba.config.AbsoluteUrl;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.CronExpressions;
import io.github.camelakeeba.config.ScheduleInWords;
import io.github.camelakeeba.config.SiteAddress;
import io.github.camelakeeba.secret.UntrustedText;
import java.net.URI;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/** Asks for what is not known of a site, tries it, and lets the user mend it or go on. */
final class SiteInterview {
  private final Prompt prompt;
  private final SiteSetup setup;

  SiteInterview(Prompt prompt, SiteSetup setup) {
    this.prompt = prompt;
    this.setup = setup;
  }

  /**
   * The whole of what was given, with the answers. Throws {@link CancellationException}: the user
   * has left; {@link ConfigurationException}: what was given is wrong.
   *
   * @param reach whether site and mail server are tried
   */
  SiteDraft ask(SiteDraft given, boolean reach) throws Exception {
    SiteDraft draft = given;
    List<Profile> profiles = List.of();
    boolean settled = false;
    while (!settled) {
      draft = draft.url() == null ? draft.withUrl(address()) : draft;
      draft = draft.credential() == null ? draft.withCredential(credential()) : draft;
      SiteDraft next = draft;
      if (reach) {
        Reached reached = reach(draft);
        profiles = reached.profiles();
        next = reached.worked() ? draft : mended(draft);
      }
      settled = next == draft;
      draft = next;
    }
    if (draft.profile() == null && profiles.size() > 1) {
      draft = draft.withProfile(profile(profiles));
    }
    draft = draft.name() == null ? draft.withName(name(draft)) : draft;
    draft = draft.schedule() == null ? draft.withSchedule(schedule()) : draft;
    return draft.mail() == null && !setup.hasChannel() ? mail(draft, reach) : draft;
  }

  private String address() {
    for (; ; ) {
      String typed = prompt.ask("Address of the site, such as https://shop.example.com: ");
      try {
        SiteAddress.parse(typed);
        return typed;
      } catch (IllegalArgumentException e) {
        prompt.say("  It " + e.getMessage() + ".");
      }
    }
  }

  private Credential credential() {
    return hidden("Secret word of its JSON API, or Joomla API token (not shown): ");
  }

  private Credential hidden(String question) {
    for (; ; ) {
      String typed = prompt.askHidden(question);
      String problem = SecretFiles.problem(typed);
      if (problem == null) {
        return Credential.typed(typed);
      }
      prompt.say("  It " + problem + ".");
    }
  }

  private record Reached(boolean worked, List<Profile> profiles) {}

  private Reached reach(SiteDraft draft) throws Exception {
    SiteDraft whole = draft.complete(setup.names());
    prompt.say("Reaching " + SiteAddress.parse(draft.url()).url() + " …");
    try (SetupTrial trial = setup.trial(setup.candidate(whole))) {
      String twin = SiteSetup.twin(trial, whole.name());
      if (twin != null) {
        prompt.say("  This is the address of the site " + twin + ", which is there already.");
        return new Reached(false, List.of());
      }
      SiteReport report = trial.site(whole.name()).test();
      found(report).forEach(line -> prompt.say("  " + line));
      return new Reached(true, report.profiles());
    } catch (AkeebaException e) {
      prompt.say("  %s: %s".formatted(e.kind().word(), e.getMessage()));
    } catch (ConfigurationException e) {
      e.problems().forEach(problem -> prompt.say("  " + problem));
    }
    return new Reached(false, List.of());
  }

  /** What is there, a line each. */
  static List<String> found(SiteReport report) {
    String profiles =
        report.profiles().stream()
            .map(profile -> profile.id() + " " + UntrustedText.oneLine(profile.name(), 80))
            .collect(Collectors.joining(", "));
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s (%s), API %s, level %s"
            .formatted(
                report.product(),
                report.version(),
                report.edition(),
                report.apiVersion(),
                report.api()));
    lines.add("at " + report.endpoint());
    lines.add(
        "The %s works. Profiles: %s."
            .formatted(report.apiVersion().equals("v3") ? "token" : "secret", profiles));
    if (AbsoluteUrl.isCleartext(URI.create(report.endpoint()))) {
      lines.add("warning: plain http; whoever listens reads the credential");
    }
    return lines;
  }

  /** The same draft: it is taken as it is. */
  private SiteDraft mended(SiteDraft draft) {
    for (; ; ) {
      String answer =
          prompt.ask(
              "Type the (a)ddress again, the (s)ecret again, (t)ry again, (g)o on all the same, or (q)uit: ");
      switch (answer.toLowerCase(Locale.ROOT)) {
        case "a", "address" -> {
          return draft.withUrl(null);
        }
        case "s", "secret" -> {
          return draft.withCredential(null);
        }
        case "t", "try" -> {
          return draft.withName(draft.name()); // another object: it is tried once more
        }
        case "g", "go", "go on" -> {
          return draft;
        }
        case "q", "quit" -> throw new CancellationException("left");
        default -> prompt.say("  a, s, t, g or q");
      }
    }
  }

  private Integer profile(List<Profile> profiles) {
    List<String> known = profiles.stream().map(profile -> String.valueOf(profile.id())).toList();
    for (; ; ) {
      String answer = prompt.ask("Which profile", known.contains("1") ? "1" : known.get(0));
      if (known.contains(answer)) {
        return answer.equals("1") ? null : Integer.valueOf(answer);
      }
      prompt.say("  One of: " + String.join(", ", known));
    }
  }

  private String name(SiteDraft draft) {
    String proposal = draft.complete(setup.names()).name();
    for (; ; ) {
      String answer = prompt.ask("A short name for it", proposal);
      if (SiteName.isLegal(answer) && !setup.names().contains(answer)) {
        return answer;
      }
      prompt.say(
          SiteName.isLegal(answer)
              ? "  There is a site of this name already."
              : "  That is no name: " + SiteName.ALLOWED + ".");
    }
  }

  private String schedule() {
    for (; ; ) {
      String answer =
          prompt.ask("When (in words, or none: on request only)", SiteDraft.PROPOSED_SCHEDULE);
      if (answer.equals(SiteDraft.ON_REQUEST)) {
        return answer;
      }
      try {
        String cron = CronExpressions.validated(answer);
        prompt.say("  " + ScheduleInWords.of(cron) + ", " + ZoneId.systemDefault() + " time");
        return answer;
      } catch (IllegalArgumentException e) {
        prompt.say("  It " + e.getMessage() + ".");
      }
    }
  }

  private SiteDraft mail(SiteDraft draft, boolean reach) throws Exception {
    for (; ; ) {
      String to =
          prompt.ask("Mail address to notify when a backup fails or is missed (empty: none): ");
      if (to.isEmpty()) {
        return draft;
      }
      String smtp = prompt.ask("Mail server, such as smtp://mail.example.com:587: ");
      String user = prompt.ask("User name there (empty: no login): ");
      Credential password =
          user.isEmpty()
              ? null
              : new Credential("password", hidden("Password there (not shown): ").value(), null);
      SiteDraft mailed =
          draft.withMail(MailDraft.of(to, smtp, null, user.isEmpty() ? null : user, password));
      String problem = problem(mailed, reach);
      if (problem == null) {
        return mailed;
      }
      prompt.say("  " + problem);
      String answer = prompt.ask("Type it (a)gain, (g)o on all the same, or (l)eave mail out", "a");
      if (answer.equals("l")) {
        return draft;
      }
      if (answer.equals("g")) {
        return mailed;
      }
    }
  }

  /** Null: the test mail was taken, or none was to be sent. */
  private String problem(SiteDraft mailed, boolean reach) throws Exception {
    SiteDraft whole = mailed.complete(setup.names());
    try (SetupTrial trial = setup.trial(setup.candidate(whole))) {
      if (!reach) {
        return null;
      }
      prompt.say("Sending a test mail to " + mailed.mail().to() + " …");
      String reason = trial.sendTest(setup.channelName(), whole.name());
      if (reason == null) {
        prompt.say("  The mail server has taken it.");
      }
      return reason;
    } catch (ConfigurationException e) {
      return String.join(System.lineSeparator() + "  ", e.problems());
    }
  }
}
