package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.app.cli.setup.ImportedSite.Field;
import io.github.camelakeeba.app.cli.setup.SecretFiles.Place;
import io.github.camelakeeba.app.cli.setup.YamlEntry.Line;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.SiteAddress;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes entries of sites.yaml of imported sites; every problem names its place in their file. */
final class SiteImport {
  private static final int MAX_TITLE = 100;

  private final Home home;
  private final SitesText current;
  private final String schedule;
  private final ImportFindings findings;
  private final SecretFiles secrets;
  private final Map<String, ImportedSite> sites = new LinkedHashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final Set<String> withoutSecret = new LinkedHashSet<>();

  /**
   * @param current what the sites are added to
   * @param schedule of sites that have none, or {@link SiteDraft#ON_REQUEST}
   */
  SiteImport(Home home, SitesText current, String schedule, ImportFindings findings) {
    this.home = home;
    this.current = current;
    this.schedule = schedule;
    this.findings = findings;
    this.secrets = new SecretFiles(home);
  }

  /** The names of sites whose secret nobody knows. */
  Set<String> withoutSecret() {
    return withoutSecret;
  }

  Set<String> names() {
    return sites.keySet();
  }

  /** Throws {@link ConfigurationException} with all that is wrong with names and addresses. */
  Candidate candidate(List<ImportedSite> imported) {
    name(imported);
    checkFunctions();
    checkAddresses();
    findings.throwIfAny();
    sites.forEach(this::findSecrets);
    Candidate.Functions functions = new Candidate.Functions();
    return new Candidate(
        text(functions).text(), text(Candidate.BY_FILE).text(), functions, secrets);
  }

  /** Those that have a name get it, the others one that is free. */
  private void name(List<ImportedSite> imported) {
    Map<ImportedSite, String> names = new HashMap<>();
    Map<String, ImportedSite> taken = new HashMap<>();
    Set<String> there = current.names("sites");
    for (ImportedSite site : imported) {
      String name = site.name() == null ? "" : legal(site);
      if (!name.isEmpty()) {
        ImportedSite other = taken.putIfAbsent(name, site);
        if (other != null) {
          findings.problem(
              site.place(), "the name '%s' is that of %s already".formatted(name, other.place()));
        } else if (there.contains(name)) {
          findings.problem(site.place(), "there is a site '%s' already".formatted(name));
        }
        names.put(site, name);
      }
    }
    Set<String> all = new LinkedHashSet<>(there);
    all.addAll(taken.keySet());
    for (ImportedSite site : imported) {
      String name = names.computeIfAbsent(site, any -> ofAddress(site, all));
      all.add(name);
      sites.putIfAbsent(name, titled(site, name));
    }
  }

  private String legal(ImportedSite site) {
    if (SiteName.isLegal(site.name())) {
      return site.name();
    }
    String name = SiteName.slug(site.name());
    if (!name.isEmpty()) {
      findings.note(
          site.place(),
          "'%s' is no name of a site: it is its title, and its name is %s"
              .formatted(UntrustedText.asName(site.name()), name));
    }
    return name;
  }

  private static String ofAddress(ImportedSite site, Set<String> taken) {
    try {
      return SiteName.ofAddress(SiteAddress.parse(address(site)).url(), taken);
    } catch (IllegalArgumentException e) {
      return SiteName.free("site", taken); // reported with all that is wrong
    }
  }

  private static String address(ImportedSite site) {
    String yaml = site.value("url");
    return yaml == null ? "" : yaml.replaceAll("^\"|\"$", "");
  }

  private static ImportedSite titled(ImportedSite site, String name) {
    if (site.name() == null || site.name().equals(name) || site.has("title")) {
      return site;
    }
    List<Field> fields = new ArrayList<>(site.fields());
    String title = UntrustedText.oneLine(site.name(), MAX_TITLE);
    fields.add(0, Field.text("title", title, site.place()));
    return new ImportedSite(site.place(), site.name(), fields);
  }

  private void checkFunctions() {
    for (ImportedSite site : sites.values()) {
      for (Field field : site.fields()) {
        if (field.hasForeignFunction()) {
          findings.problem(
              field.place(),
              "must not hold {{: property functions are taken over as a secret or token of CSV only");
        }
      }
    }
  }

  private void checkAddresses() {
    Map<SiteLocation, ImportedSite> seen = new HashMap<>();
    for (ImportedSite site : sites.values()) {
      try {
        ImportedSite other =
            seen.putIfAbsent(SiteLocation.of(SiteAddress.parse(address(site))), site);
        if (other != null) {
          findings.problem(
              site.place(),
              "the address is that of %s already; a site has one entry".formatted(other.place()));
        }
      } catch (IllegalArgumentException e) {
        // reported with all that is wrong
      }
    }
  }

  private void findSecrets(String name, ImportedSite site) {
    for (Field field : site.fields()) {
      if (field.secret()) {
        String problem = SecretFiles.problem(field.text());
        if (problem != null) {
          findings.problem(field.place(), "it " + problem);
        } else {
          Credential credential = new Credential(field.key(), new Secret(field.text()), null);
          places.put(name + "/" + field.key(), secrets.place(name, credential));
        }
      }
    }
    if (!site.hasCredential()) {
      String path = SecretFiles.pathOf(name);
      // its file may be there already, or is to be made by the user
      if (secrets.existing(name) == null) {
        withoutSecret.add(name);
      }
      places.put(name + "/secret", new Place(path, Secret.unmasked("not-there-yet"), false));
    }
    findings.throwIfAny();
  }

  private SitesText text(Candidate.Naming naming) {
    List<YamlEntry> entries = new ArrayList<>();
    sites.forEach((name, site) -> entries.add(new YamlEntry(name, lines(name, site, naming))));
    return current.withEntries("sites", entries);
  }

  private List<Line> lines(String name, ImportedSite site, Candidate.Naming naming) {
    List<Line> lines = new ArrayList<>();
    for (Field field : fields(site)) {
      lines.add(
          field.secret() || field.text().isEmpty()
              ? naming.line(field.key(), places.get(name + "/" + field.key()), "")
              : Line.of(field.key(), field.text()));
    }
    return lines;
  }

  /** With what every site has, a line each; an empty one is a secret that nobody knows. */
  private List<Field> fields(ImportedSite site) {
    List<Field> fields = new ArrayList<>(site.fields());
    if (!site.hasCredential()) {
      fields.add(new Field("secret", "", true, site.place()));
    }
    if (!site.has("schedule")) {
      fields.add(Field.text("schedule", schedule, site.place()));
    }
    fields.removeIf(
        field -> field.key().equals("schedule") && field.text().equals(SiteDraft.ON_REQUEST));
    return fields;
  }

  /**
   * Tries the whole; throws {@link ConfigurationException} with places in the imported file.
   *
   * @param file of the home, which they are added to; null: they are tried alone
   * @param label how problems name the text with the sites
   */
  void check(Candidate candidate, Path file, String label) throws Exception {
    try (SetupTrial trial = SetupTrial.start(home, candidate, file, label)) {
      checkOthers(trial.configuration());
      trial.warnings().forEach(warning -> findings.note("warning", warning));
    } catch (ConfigurationException e) {
      Map<Integer, String[]> lines = linePlaces();
      throw new ConfigurationException(
          e.problems().stream().map(problem -> placed(problem, label, lines)).toList());
    }
    findings.throwIfAny();
  }

  /** Sites that were there before. */
  private void checkOthers(Configuration configuration) {
    Map<SiteLocation, String> there = new HashMap<>();
    for (Site site : configuration.sites().values()) {
      if (!sites.containsKey(site.name())) {
        there.put(SiteLocation.of(site.address()), site.name());
      }
    }
    sites.forEach(
        (name, site) -> {
          String other = there.get(SiteLocation.of(configuration.sites().get(name).address()));
          if (other != null) {
            findings.problem(
                site.place(),
                "the address is that of the site '%s', which is there already".formatted(other));
          }
        });
  }

  /** By the number of each line of the text that the sites make: its place, its site. */
  private Map<Integer, String[]> linePlaces() {
    SitesText text = text(new Candidate.Functions());
    List<String> written = text.text().lines().toList();
    Map<Integer, String[]> lines = new HashMap<>();
    int line = text.firstLine();
    for (Map.Entry<String, ImportedSite> site : sites.entrySet()) {
      if (!written.get(line - 1).endsWith(":")) {
        return Map.of(); // in braces, on one line
      }
      lines.put(line++, new String[] {site.getValue().place(), site.getKey()});
      for (Field field : fields(site.getValue())) {
        lines.put(line++, new String[] {field.place(), site.getKey()});
      }
    }
    return lines;
  }

  private static String placed(String problem, String label, Map<Integer, String[]> lines) {
    Matcher parts =
        Pattern.compile(Pattern.quote(label) + ":(\\d+): (.*)", Pattern.DOTALL).matcher(problem);
    String[] place = parts.matches() ? lines.get(Integer.valueOf(parts.group(1))) : null;
    if (place == null) {
      return problem;
    }
    String sentence = parts.group(2).replaceFirst("^" + Pattern.quote("sites." + place[1]), "");
    return place[0] + ": " + sentence.replaceFirst("^\\.[A-Za-z.\\[\\]0-9]+: |^: ", "");
  }
}
