package io.github.camelakeeba.app.cli.setup;

import io.github.camelakeeba.app.cli.setup.ImportedSite.Field;
import io.github.camelakeeba.config.SiteAddress;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The configuration of Akeeba Remote CLI, {@code ~/.akeebaremotecli}: an INI file as PHP reads it
 * with INI_SCANNER_RAW, a section a site (source: its manual, "Configuration files").
 */
final class RemoteCliFile implements ImportFormat {
  /** Of what stands before any section; so it is called there, and no name of a site. */
  private static final String DEFAULT = "akeebaremotecli";

  private static final Pattern SECTION = Pattern.compile("\\[([^]]*)].*");
  private static final Pattern PAIR = Pattern.compile("([^=;#]+?)\\s*=\\s*(.*)");
  private static final Pattern QUOTED = Pattern.compile("([\"'])(.*)\\1\\s*(?:;.*)?");

  private record Option(String value, String place) {}

  private record Section(String name, String place, Map<String, Option> options) {
    String value(String key) {
      Option option = options.get(key);
      return option == null || option.value().isEmpty() ? null : option.value();
    }

    boolean hasCredential() {
      return value("secret") != null || value("token") != null;
    }
  }

  @Override
  public List<ImportedSite> read(String text, String label, ImportFindings findings) {
    List<Section> sections = sections(text, label, findings);
    if (sections.isEmpty()) {
      findings.problem(label, "holds no section with a host");
    }
    Map<Object, List<Section>> sites = new LinkedHashMap<>();
    for (Section section : sections) {
      String host = section.value("host");
      if (host == null) {
        findings.problem(
            section.place(), "has no host; write the site's address, or take the section away");
      } else {
        sites.computeIfAbsent(location(host), any -> new ArrayList<>()).add(section);
      }
    }
    tellOthers(sections, label, findings);
    return sites.values().stream().map(one -> site(one, findings)).toList();
  }

  /** An address that is none is reported with all others that are wrong. */
  private static Object location(String host) {
    try {
      return SiteLocation.of(SiteAddress.parse(host));
    } catch (IllegalArgumentException e) {
      return host;
    }
  }

  private static List<Section> sections(String text, String label, ImportFindings findings) {
    Map<String, Section> sections = new LinkedHashMap<>();
    Section current = null;
    int number = 0;
    for (String line : text.lines().map(String::strip).toList()) {
      number++;
      String place = label + ":" + number;
      Matcher head = SECTION.matcher(line);
      Matcher pair = PAIR.matcher(line);
      if (head.matches()) {
        current = section(head.group(1).strip(), place, sections);
      } else if (line.matches("[;#].*") || line.isEmpty()) {
        continue;
      } else if (pair.matches()) {
        current = current == null ? section(DEFAULT, place, sections) : current;
        String key = pair.group(1).strip();
        current
            .options()
            .put(
                key,
                new Option(
                    value(pair.group(2)),
                    "%s: [%s] %s".formatted(place, current.name(), UntrustedText.asName(key))));
      } else {
        findings.problem(place, "must be [section], key=value or a comment that begins with ;");
      }
    }
    return List.copyOf(sections.values());
  }

  /** A section that stands there twice is one to PHP. */
  private static Section section(String name, String place, Map<String, Section> sections) {
    String shown = UntrustedText.asName(name);
    return sections.computeIfAbsent(
        name, any -> new Section(shown, "%s: [%s]".formatted(place, shown), new LinkedHashMap<>()));
  }

  /** Without quotes; a semicolon outside of them begins a comment. */
  private static String value(String text) {
    Matcher quoted = QUOTED.matcher(text);
    return quoted.matches() ? quoted.group(2) : text.replaceFirst(";.*", "").strip();
  }

  /** Sections with the same host are one site, mostly with several profiles. */
  private static ImportedSite site(List<Section> same, ImportFindings findings) {
    Section section = same.stream().filter(Section::hasCredential).findFirst().orElse(same.get(0));
    for (Section other : same) {
      if (other != section) {
        String profile = other.value("profile") == null ? "1" : other.value("profile");
        findings.note(
            other.place(),
            "is the site of [%s] again, and not imported; a backup with its profile: backup NAME --profile %s"
                .formatted(section.name(), UntrustedText.asName(profile)));
      }
    }
    List<Field> fields = new ArrayList<>();
    add(fields, section, "host", "url");
    for (String key : List.of("secret", "token")) {
      if (section.value(key) != null) {
        fields.add(Field.credential(key, section.value(key), section.options().get(key).place()));
      }
    }
    if (section.value("profile") != null && !section.value("profile").equals("1")) {
      fields.add(
          Field.word(
              "profile", section.value("profile"), section.options().get("profile").place()));
    }
    add(fields, section, "description", "description");
    add(fields, section, "comment", "comment");
    add(fields, section, "certificate", "ca");
    if (isOn(section.value("download")) && section.value("dlpath") != null) {
      fields.add(
          Field.yaml(
              "download",
              "{to: " + YamlScalar.quoted(section.value("dlpath")) + "}",
              section.options().get("dlpath").place()));
    }
    if (isOn(section.value("delete"))) {
      findings.note(
          section.options().get("delete").place(),
          "is not taken over: to delete files on the site once they are downloaded write onServer: deleteFiles");
    }
    String name = section.name().equals(DEFAULT) ? null : section.name();
    return new ImportedSite(section.place(), name, List.copyOf(fields));
  }

  private static void add(List<Field> fields, Section section, String from, String to) {
    if (section.value(from) != null) {
      fields.add(Field.text(to, section.value(from), section.options().get(from).place()));
    }
  }

  private static boolean isOn(String value) {
    return value != null && !value.matches("(?i)0|no|off|false|none|null");
  }

  private static void tellOthers(List<Section> sections, String label, ImportFindings findings) {
    List<String> taken =
        List.of(
            "host",
            "secret",
            "token",
            "profile",
            "description",
            "comment",
            "certificate",
            "download",
            "dlpath",
            "delete",
            "action");
    String others =
        sections.stream()
            .flatMap(section -> section.options().keySet().stream())
            .filter(key -> !taken.contains(key))
            .map(UntrustedText::asName)
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      findings.note(label, "has no counterpart here, and is left out: " + others);
    }
  }
}
