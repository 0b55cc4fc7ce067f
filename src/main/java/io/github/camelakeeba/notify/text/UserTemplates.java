package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.DidYouMean;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The user's own templates, each tried at the start; the built-in one replaces a broken one. */
final class UserTemplates {
  private final Path home;
  private final Map<String, String> files = new TreeMap<>(); // by name, if not as the built-in
  private final Map<String, String> broken = new LinkedHashMap<>(); // a sentence on each
  private final List<String> warnings = new ArrayList<>();

  private UserTemplates(Path home) {
    this.home = home;
  }

  static UserTemplates of(Path home) {
    UserTemplates templates = new UserTemplates(home);
    templates.read();
    templates.files.keySet().stream()
        .filter(BuiltInTemplates.names()::contains)
        .forEach(templates::check);
    return templates;
  }

  Templates templates() {
    return new Templates(home, name -> !broken.containsKey(name));
  }

  /** A sentence on each that does not work, or that neither a message nor a channel uses. */
  List<String> problems(Collection<Channel> channels) {
    List<String> problems = new ArrayList<>(broken.values());
    problems.addAll(warnings);
    Set<Path> used =
        channels.stream()
            .map(channel -> channel instanceof Channel.Webhook hook ? hook.template() : null)
            .filter(Objects::nonNull)
            .map(path -> home.resolve(path).toAbsolutePath().normalize())
            .collect(Collectors.toSet());
    Path folder = home.resolve(Templates.FOLDER).toAbsolutePath().normalize();
    for (String name : files.keySet()) {
      if (!BuiltInTemplates.names().contains(name)
          && !used.contains(folder.resolve(name))
          && !isIncluded(name)) {
        problems.add(
            sentence(
                name,
                "no message uses it"
                    + DidYouMean.nearest(name, BuiltInTemplates.names())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("")));
      }
    }
    return problems;
  }

  private boolean isIncluded(String name) {
    return files.entrySet().stream()
        .anyMatch(file -> !file.getKey().equals(name) && file.getValue().contains(name));
  }

  private static String sentence(String name, String what) {
    return Templates.FOLDER + "/" + name + ": " + what;
  }

  private void read() {
    Path folder = home.resolve(Templates.FOLDER);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file : found.filter(UserTemplates::isTemplateFile).sorted().toList()) {
        read(file);
      }
    } catch (IOException e) {
      warnings.add(Templates.FOLDER + ": can't be read: " + e.getMessage());
    }
  }

  /** Neither hidden (as those that orchestrators mount beside) nor left behind by an editor. */
  private static boolean isTemplateFile(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && !name.endsWith("~")
        && !name.startsWith("#");
  }

  private void read(Path file) {
    String name = file.getFileName().toString();
    try {
      byte[] text = Files.readAllBytes(file);
      if (!Arrays.equals(text, builtIn(name))) {
        files.put(name, new String(text, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      broken.put(name, sentence(name, "can't be read; the built-in one is used"));
    }
  }

  private static byte[] builtIn(String name) throws IOException {
    try (InputStream in =
        UserTemplates.class.getClassLoader().getResourceAsStream(Templates.FOLDER + "/" + name)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  /** By itself, among built-in ones, so that it is not blamed for another. */
  private void check(String name) {
    Templates alone =
        new Templates(
            home, other -> other.equals(name) || !BuiltInTemplates.names().contains(other));
    TemplateCheck trial = TemplateCheck.check(alone, name);
    if (trial.error() != null) {
      broken.put(name, sentence(name, trial.error() + "; the built-in one is used"));
    } else if (trial.warning() != null) {
      warnings.add(
          sentence(
              name,
              trial.warning()
                  + ", in a message where that is not known; the built-in one is used for such"));
    }
  }
}
