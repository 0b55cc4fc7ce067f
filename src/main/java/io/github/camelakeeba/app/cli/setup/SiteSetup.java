package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.app.cli.setup.SecretFiles.Place;
import io.github.camelakeeba.app.cli.setup.SiteDraft.MailDraft;
import io.github.camelakeeba.app.cli.setup.YamlEntry.Line;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.OfflineHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Adds one site, and maybe a mail channel, to the sites.yaml of a home, or makes that file. */
final class SiteSetup {
  static final String FILE = "config/sites.yaml";
  private static final String RULE = "{on: [warning, failed, missed, recovered], %sto: %s}";

  private static final String HEAD =
      """
      # Which sites are backed up, when, and who is notified of how it ended.
      # Every key: docs/reference/configuration.md. After a change: camel-akeeba-backup check
      """;

  /** The sites that config/sites.yaml is shipped with, as comments. */
  static final String EXAMPLE =
      """
      #  shop:
      #    url: https://shop.example.com         # the site's address; where its API is, is found out
      #    secret: "{{env:SHOP_SECRET}}"         # or  secretFile: /run/secrets/shop;  token: … for Joomla's API v3
      #    download: {to: "archives/{site}", keep: 7}   # brings each archive home; left out: they stay on the site
      #    schedule: daily at 02:30              # or every monday at 3:00, every 6 hours, cron
      #    zone: Europe/Athens
      #  blog:
      #    url: https://blog.example.com
      #    secretFile: /run/secrets/blog
      #    schedule: every sunday at 3:00
      """;

  static final String EXAMPLE_FOLLOWS =
      "# The example below is a comment: take the # away and write your own.\n";

  private final Home home;
  private final SitesFileWriter writer;
  private final String before;
  private final SitesText current;
  private final Path file;
  private final Set<String> names = new LinkedHashSet<>(); // of all files, as far as can be told
  private final Set<String> channels = new LinkedHashSet<>();

  private SiteSetup(Home home) throws IOException {
    this.home = home;
    this.file = home.config().resolve("sites.yaml");
    this.writer = new SitesFileWriter(file, FILE);
    this.before = writer.read();
    this.current = SitesText.of(before == null ? HEAD : withoutExample(before));
    names.addAll(current.names("sites"));
    channels.addAll(current.names("channels"));
  }

  /** Where a real site takes its place. Another comment is the user's own. */
  private static String withoutExample(String text) {
    return text.contains(EXAMPLE) && SitesText.of(text).names("sites").isEmpty()
        ? text.replace(EXAMPLE, "").replace(EXAMPLE_FOLLOWS, "")
        : text;
  }

  /** Throws {@link ConfigurationException} where there is a site already. */
  static SiteSetup first(Home home) throws IOException {
    SiteSetup setup = new SiteSetup(home);
    setup.checkReadable();
    if (setup.names.isEmpty() && setup.hasOtherFiles()) {
      setup.readAll();
    }
    if (!setup.names.isEmpty()) {
      throw new ConfigurationException(
          "%s is there already, with %s; it is not overwritten: add-site adds another site"
              .formatted(setup.before == null ? "config/sites.d" : FILE, listed(setup.names)));
    }
    return setup;
  }

  /** Throws {@link ConfigurationException} where there is no file, or what it says is wrong. */
  static SiteSetup another(Home home) throws IOException {
    SiteSetup setup = new SiteSetup(home);
    if (setup.before == null && !setup.hasOtherFiles()) {
      throw new ConfigurationException("there is no %s yet; begin with init".formatted(FILE));
    }
    setup.checkReadable();
    setup.readAll();
    return setup;
  }

  private boolean hasOtherFiles() {
    return Files.isDirectory(home.config().resolve("sites.d"));
  }

  /** What is wrong is told before anything is asked. */
  private void readAll() {
    OfflineHome.read(home)
        .map(OfflineHome::configuration)
        .ifPresent(
            configuration -> {
              names.addAll(configuration.sites().keySet());
              channels.addAll(configuration.channels().keySet());
            });
  }

  /** Where it is no YAML at all the reader knows why. */
  private void checkReadable() {
    if (before != null && !before.isBlank() && !current.isYaml()) {
      new SitesLoader().load(before, FILE, home.folder(), text -> text);
    }
  }

  private static String listed(Set<String> names) {
    return names.size() > 3 ? names.size() + " sites" : String.join(", ", names);
  }

  Set<String> names() {
    return Collections.unmodifiableSet(names);
  }

  boolean hasChannel() {
    return !channels.isEmpty();
  }

  /** The name of the mail channel of a draft. */
  String channelName() {
    return SiteName.free("mail", channels);
  }

  /** All of the draft must be known. Throws {@link ConfigurationException}: the name is taken. */
  Candidate candidate(SiteDraft draft) {
    if (names.contains(draft.name())) {
      throw new ConfigurationException(
          "there is a site '%s' already; choose another name (--name)"
              .formatted(UntrustedText.asName(draft.name())));
    }
    SecretFiles secrets = new SecretFiles(home);
    Place credential = secrets.place(draft.name(), draft.credential());
    MailDraft mail = draft.mail();
    Place password =
        mail == null || mail.password() == null
            ? null
            : secrets.place(channelName(), mail.password());
    Candidate.Functions functions = new Candidate.Functions();
    return new Candidate(
        text(draft, credential, password, functions),
        text(draft, credential, password, Candidate.BY_FILE),
        functions,
        secrets);
  }

  private String text(SiteDraft draft, Place credential, Place password, Candidate.Naming naming) {
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of("url", YamlScalar.of(draft.url().strip())));
    lines.add(
        naming.line(
            draft.credential().key(),
            credential,
            "its " + draft.credential().word() + "; only its owner can read the file"));
    if (!draft.schedule().equals(SiteDraft.ON_REQUEST)) {
      lines.add(Line.of("schedule", YamlScalar.of(draft.schedule())));
    }
    if (draft.profile() != null) {
      lines.add(Line.of("profile", draft.profile().toString()));
    }
    if (names.isEmpty()) {
      lines.add(
          Line.comment(
              "zone: %s        # of the schedule; left out: as this machine has it"
                  .formatted(ZoneId.systemDefault())));
      lines.add(
          Line.comment(
              "download: {to: \"archives/{site}\", keep: 7}   # left out: archives stay on the site"));
    }
    SitesText text = current.withEntries("sites", List.of(new YamlEntry(draft.name(), lines)));
    return (draft.mail() == null ? text : withMail(text, draft, password, naming)).text();
  }

  private SitesText withMail(
      SitesText text, SiteDraft draft, Place password, Candidate.Naming naming) {
    MailDraft mail = draft.mail();
    String name = channelName();
    List<Line> lines = new ArrayList<>();
    lines.add(Line.of("type", "mail"));
    lines.add(Line.of("smtp", YamlScalar.of(mail.smtp())));
    if (mail.username() != null) {
      lines.add(Line.of("username", YamlScalar.of(mail.username())));
    }
    if (password != null) {
      lines.add(naming.line("password", password, ""));
    }
    lines.add(Line.of("from", YamlScalar.of(mail.from())));
    lines.add(Line.of("to", YamlScalar.of(mail.to())));
    // where other sites are, the mails of this one are what was asked for
    String sites = names.isEmpty() ? "" : "sites: [" + YamlScalar.quoted(draft.name()) + "], ";
    return text.withEntries("channels", List.of(new YamlEntry(name, lines)))
        .withItem("notify", RULE.formatted(sites, name));
  }

  SetupTrial trial(Candidate candidate) throws Exception {
    return SetupTrial.start(home, candidate, file, FILE);
  }

  /** The name of another site with the same address, which would be backed up twice; or null. */
  static String twin(SetupTrial trial, String name) {
    Site site = trial.configuration().sites().get(name);
    return trial.configuration().sites().values().stream()
        .filter(other -> !other.name().equals(name))
        .filter(other -> SiteLocation.of(other.address()).equals(SiteLocation.of(site.address())))
        .map(Site::name)
        .findFirst()
        .orElse(null);
  }

  void write(Candidate candidate) throws IOException {
    writer.write(before, candidate.text(), candidate.secrets());
  }
}
