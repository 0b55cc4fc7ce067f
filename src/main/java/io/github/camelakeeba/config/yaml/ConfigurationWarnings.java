package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.config.AbsoluteUrl;
import io.github.camelakeeba.config.Badge;
import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.CronExpressions;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.FileEncoding;
import io.github.camelakeeba.config.NotificationRule;
import io.github.camelakeeba.config.Schedule;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.SecretMasker;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a configuration allows but its author probably does not want. */
final class ConfigurationWarnings {
  private static final int MIN_SECRET_LENGTH = 6;
  private static final int MAX_NAMED = 5; // sites

  /** Where a rejected message is kept anyway, has no content, or is always answered. */
  private static final Pattern NEEDS_NO_DEAD_LETTER =
      Pattern.compile(
          "file|s?ftp|ftps|timer|scheduler|quartz|cron|rest|servlet|platform-http|jetty|undertow"
              + "|netty-http");

  private static final Map<String, String> LOSSY_OPTIONS =
      Map.of(
          "transacted=false", "a message is acknowledged before its request is in the store",
          "autoCommitEnable=true", "Kafka counts as done what was only fetched",
          "allowManualCommit=false", "no record is acknowledged when its request is in the store",
          "breakOnFirstError=false", "a record that could not be dealt with is passed over",
          "batching=true", "records that come together are one message, which is refused");

  private static final Pattern BUCKET_SERVER =
      Pattern.compile("^s3:[^?]*\\?(?:[^#]*&)?endpoint=(?:RAW[({])?([^&)}]+)");

  private final Configuration configuration;
  private final ScheduleCalculator schedules;
  private final Instant now = Instant.now();
  private final List<String> warnings = new ArrayList<>();
  private final Set<String> servers = new HashSet<>(); // in plain http, told already

  ConfigurationWarnings(Configuration configuration) {
    this.configuration = configuration;
    this.schedules = new ScheduleCalculator(configuration);
  }

  List<String> list() {
    if (FileEncoding.warning() != null) {
      warnings.add(FileEncoding.warning());
    }
    if (configuration.sites().isEmpty()) {
      warnings.add("sites: there is no site yet; nothing will be backed up");
    } else if (configuration.rules().isEmpty()) {
      warnings.add("notify: there is no rule; nobody is notified how a backup ends");
    }
    configuration.sources().forEach(this::source);
    String threads = configuration.threadWarning(Runtime.version().feature());
    if (threads != null) {
      warnings.add(threads);
    }
    Map<URI, String> urls = new HashMap<>();
    for (Site site : configuration.sites().values()) {
      String key = "sites." + site.name();
      cleartext(key, site.url());
      schedule(key, site);
      watch(key, site);
      weak(key + ".secret", site.secret(), "Akeeba refuses weak ones, and ");
      weak(key + ".token", site.token(), "");
      if (site.address().apiV1()) {
        warnings.add(
            "%s.url: an address of the retired API v1; API v2 or v3 is searched for below %s; write that address"
                .formatted(key, site.url()));
      }
      tooRarelyProved(key, site);
      String other = urls.putIfAbsent(site.url(), site.name());
      if (other != null) {
        warnings.add(
            key + ".url: the same as of " + other + "; two backups of one site destroy each other");
      }
    }
    configuration.archiveEndpoints().forEach(this::bucket);
    configuration.channels().values().forEach(this::channel);
    for (int i = 0; i < configuration.rules().size(); i++) {
      rule("notify[" + i + "]", configuration.rules().get(i));
    }
    untoldProofs();
    configuration.triggers().forEach(this::trigger);
    for (int i = 0; i < configuration.reports().size(); i++) {
      report("reports[" + i + "]", configuration.reports().get(i));
    }
    configuration.badges().forEach(this::badge);
    return List.copyOf(warnings);
  }

  private void tooRarelyProved(String key, Site site) {
    Duration overdue = site.proof().provedOverdueAfter();
    RestoreTestSettings test = site.proof().restoreTest();
    if (overdue == null) {
      return;
    }
    if (test == null || test.every() == null) {
      warnings.add(
          "%s.provedOverdueAfter: no restore test is scheduled for the site; write how often into restoreTest.every, or have 'restoretest %s' run in time"
              .formatted(key, site.name()));
    } else if (overdue.compareTo(test.every()) <= 0) {
      warnings.add(
          "%s.provedOverdueAfter: %s is not longer than restoreTest.every, %s: it is overdue before each test"
              .formatted(key, Durations.format(overdue), Durations.format(test.every())));
    }
  }

  /** A restore test that fails in silence proves nothing. */
  private void untoldProofs() {
    List<String> untold =
        configuration.sites().values().stream()
            .filter(Site::enabled)
            .filter(site -> site.proof().isTested())
            .filter(
                site ->
                    configuration.rules().stream()
                        .noneMatch(
                            rule ->
                                rule.on().contains("unproved")
                                    && rule.matchesSite(site.name(), site.tags())))
            .map(Site::name)
            .toList();
    if (!untold.isEmpty() && !configuration.rules().isEmpty()) {
      warnings.add(
          "notify: no rule has 'unproved' in its 'on' for %s, whose backups are tested by a restore; nobody is notified that one is not proved"
              .formatted(
                  untold.size() > MAX_NAMED
                      ? "%s and %s more sites"
                          .formatted(
                              String.join(", ", untold.subList(0, MAX_NAMED)),
                              untold.size() - MAX_NAMED)
                      : String.join(", ", untold)));
    }
  }

  private void watch(String key, Site site) {
    if (site.enabled() && site.proof().watch() && schedules.overdueAfter(site, now) == null) {
      warnings.add(
          key
              + ".watch: the site has neither a schedule nor overdueAfter; nobody is told when the other clients take no more backups"
              + "; write overdueAfter");
    }
  }

  private void source(Configuration.Source source) {
    if (source.warning() != null) {
      warnings.add(source.warning());
    }
    if (!source.unused().isEmpty()) {
      warnings.add(
          "%s: columns that nothing uses: %s"
              .formatted(source.place(), String.join(", ", source.unused())));
    }
  }

  private void badge(Badge badge) {
    if (badge.tag() != null
        && configuration.sites().values().stream()
            .noneMatch(site -> site.tags().contains(badge.tag()))) {
      warnings.add("badges.%s: no site has this tag".formatted(badge.tag()));
    }
  }

  private void channel(Channel channel) {
    String key = "channels." + channel.name();
    if (channel instanceof Channel.Mail mail) {
      weak(key + ".password", mail.password(), "");
    } else if (channel instanceof Channel.Chat chat) {
      weak(key + ".token", chat.token(), "");
    } else if (channel instanceof Channel.Webhook webhook) {
      weak(key + ".secret", webhook.signing().secret(), "");
      weak(key + ".previousSecret", webhook.signing().previousSecret(), "");
      cleartext(key, webhook.url());
    } else if (channel instanceof Channel.Healthchecks check) {
      cleartext(key, check.url());
    }
  }

  /** A short secret can be guessed, and occurs in texts that have nothing to do with it. */
  private void weak(String key, Secret secret, String more) {
    if (secret != null && secret.reveal().length() < MIN_SECRET_LENGTH) {
      warnings.add(
          "%s: shorter than %s characters; %s%s"
              .formatted(
                  key,
                  MIN_SECRET_LENGTH,
                  more,
                  secret.reveal().length() < SecretMasker.MIN_MASKED
                      ? "it is not masked in logs and messages, since letters would be blotted out of every word"
                      : "logs and messages lose every word that holds it"));
    }
  }

  private void trigger(Trigger trigger) {
    String key = "triggers." + trigger.name();
    weak(key + ".secret", trigger.secret(), "");
    weak(key + ".previousSecret", trigger.signing().previousSecret(), "");
    if (trigger.enabled()
        && trigger.deadLetter() == null
        && !NEEDS_NO_DEAD_LETTER.matcher(trigger.scheme()).matches()) {
      warnings.add(
          key
              + ": has no deadLetter; a message that is refused is kept nowhere, and told in the log and to a sender who asks for a reply only");
    }
    for (String option : new TreeSet<>(List.of(trigger.from().reveal().split("[?&]")))) {
      if (trigger.enabled() && LOSSY_OPTIONS.containsKey(option)) {
        warnings.add("%s.from: %s; %s".formatted(key, option, LOSSY_OPTIONS.get(option)));
      }
    }
    patterns(key, trigger.sites());
    if (trigger.site() != null && !trigger.allowsSite(trigger.site())) {
      warnings.add(key + ".site: is not among its sites, so that its requests are refused");
    }
  }

  private void patterns(String key, List<String> patterns) {
    for (String pattern : patterns) {
      if (configuration.sites().keySet().stream()
          .noneMatch(site -> NotificationRule.matches(pattern, site))) {
        warnings.add(key + ".sites: no site has the pattern '" + pattern + "'");
      }
    }
  }

  private void rule(String key, NotificationRule rule) {
    patterns(key, rule.sites());
    if (!configuration.sites().isEmpty()
        && configuration.sites().values().stream()
            .noneMatch(site -> rule.matchesSite(site.name(), site.tags()))) {
      warnings.add(key + ": is for no site");
    }
  }

  private void report(String key, Configuration.Report report) {
    if (configuration.sites().values().stream().noneMatch(site -> report.isAbout(site.tags()))) {
      warnings.add(key + ": is about no site");
    }
    schedule(key + ".every", report.schedule());
  }

  private void cleartext(String key, Secret url) {
    cleartext(key, AbsoluteUrl.parse(url.reveal(), Set.of("http", "https")).uri());
  }

  /** The address of a server of S3, which many sites may share. */
  private void bucket(String key, Secret endpoint) {
    Matcher server = BUCKET_SERVER.matcher(endpoint.reveal());
    if (!server.find()) {
      return;
    }
    String address = server.group(1).replace("%3A", ":").replace("%2F", "/");
    if (isCleartext(address) && servers.add(address)) {
      warnings.add(
          "%s: the endpoint is plain http; whoever listens reads the archives, with all that is in their databases; write https"
              .formatted(key));
    }
  }

  private static boolean isCleartext(String address) {
    try {
      return AbsoluteUrl.isCleartext(AbsoluteUrl.parse(address, Set.of("http", "https")).uri());
    } catch (IllegalArgumentException e) {
      return false; // told when the endpoint is made
    }
  }

  private void cleartext(String key, URI url) {
    if (AbsoluteUrl.isCleartext(url)) {
      warnings.add(key + ".url: plain http; whoever listens reads the secret; write https");
    }
  }

  private void schedule(String key, Site site) {
    if (site.schedule() == null) {
      return;
    }
    if (!schedule(key + ".schedule", Schedule.of(site))) {
      return;
    }
    Duration gap = schedules.longestGap(site, now);
    if (gap != null && site.overdueAfter() != null && site.overdueAfter().compareTo(gap) < 0) {
      warnings.add(
          "%s.overdueAfter: shorter than the schedule's longest gap (%s); it will alarm although nothing is wrong"
              .formatted(key, Durations.format(gap)));
    }
  }

  /** Whether it fires again. */
  private boolean schedule(String key, Schedule schedule) {
    if (schedules.next(schedule, now) == null) {
      warnings.add(key + ": never fires again");
      return false;
    }
    CronExpressions.sundayHint(schedule.cron())
        .ifPresent(
            line ->
                warnings.add(
                    "%s: the day of the week 7 is Saturday in Quartz; write SAT, or for Sunday \"%s\""
                        .formatted(key, line)));
    return true;
  }
}
