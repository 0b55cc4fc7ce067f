package io.github.camelakeeba.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Counts a checkout: names, lines, routes, jars, dependencies. {@code docs/figures.sh} calls it.
 *
 * <p>Everything is read from files, so that it counts any revision. What was not built there (jars,
 * the dependency tree) is left out.
 */
final class Figures {
  /** The entries that Camel or a bean calls, not a step of a route. */
  private static final List<String> ROOTS =
      List.of("backup-schedule", "backup-claim", "backup-run", "backup-dispatch");

  /** Not on the way of a backup that succeeds, at a known endpoint and without {@code download}. */
  private static final Pattern OTHER_WAYS =
      Pattern.compile(".*(recover|search|detect|download|fetch|deliver|retain).*");

  /** What happens on a failure, and what is no step. */
  private static final Set<String> ASIDE = Set.of("onException", "doCatch", "description");

  private static final Pattern DIRECT =
      Pattern.compile("direct:([a-z-]+(?:\\{\\{route}}|\\$\\{)?)");
  private static final Pattern BEAN_IN_SIMPLE = Pattern.compile("\\$\\{bean:");

  private final Path root;
  private final Map<String, String> figures = new LinkedHashMap<>();

  Figures(Path root) {
    this.root = root;
  }

  /** Prints one line a figure, name and value apart by a tab; the argument is the checkout. */
  public static void main(String[] args) {
    new Figures(Path.of(args.length == 0 ? "." : args[0]))
        .count()
        .forEach((name, value) -> System.out.println(name + "\t" + value));
  }

  /** The figures by their names. */
  Map<String, String> count() {
    names();
    routes();
    way();
    jars();
    dependencies();
    return figures;
  }

  private void names() {
    List<Path> main = files("src/main/java", ".java");
    List<Path> tests = files("src/test/java", ".java");
    Map<String, Integer> packages = new TreeMap<>();
    int exposed = 0;
    int longest = 0;
    for (Path file : main) {
      String text = text(file);
      if (!file.endsWith("package-info.java")) {
        packages.merge(packageOf(file), 1, Integer::sum);
        longest = Math.max(longest, lines(List.of(file)));
        exposed += isPublic(text) && !isInternal(file, text) ? 1 : 0;
      }
    }
    Map.Entry<String, Integer> largest =
        packages.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    put("classes, without tests (files)", packages.values().stream().mapToInt(n -> n).sum());
    put("packages", packages.size());
    put("largest package", largest.getValue() + " (`" + largest.getKey() + "`)");
    put("public classes outside `@Internal` packages", exposed);
    put("longest class, lines", longest);
    put("lines of Java, main", lines(main));
    put("lines of Java, tests", lines(tests));
  }

  private String packageOf(Path file) {
    Path base = root.resolve("src/main/java/io/github/camelakeeba");
    String name = base.relativize(file.getParent()).toString().replace('/', '.');
    return name.isEmpty() ? "." : name;
  }

  private static boolean isPublic(String text) {
    return Pattern.compile(
            "(?m)^public (?:(?:final|abstract|sealed|non-sealed) )*(?:class|record|interface|enum|@interface) ")
        .matcher(text)
        .find();
  }

  private static boolean isInternal(Path file, String text) {
    Path info = file.resolveSibling("package-info.java");
    return text.contains("\n@Internal") || Files.exists(info) && text(info).contains(".Internal\n");
  }

  private void routes() {
    List<Path> files = files("routes", ".yaml");
    Set<String> beans = new TreeSet<>();
    Set<String> methods = new TreeSet<>();
    int[] counts = new int[3];
    int ids = 0;
    for (Path file : files) {
      ids += entries(file).size() - (text(file).contains("\n- errorHandler:") ? 1 : 0);
      for (Object entry : entries(file)) {
        walk(
            entry,
            Set.of(),
            (key, value) -> {
              if (value instanceof Map<?, ?> map && map.get("ref") instanceof String) {
                counts[0]++;
                beans.add(String.valueOf(map.get("ref")));
                String method = String.valueOf(map.get("method")).replaceFirst("[(].*", "");
                methods.add(map.get("ref") + "." + method);
              }
              counts[1] += key.equals("setVariable") ? 1 : 0;
              counts[2] += value instanceof String text ? count(BEAN_IN_SIMPLE, text) : 0;
            });
      }
    }
    put("route files, with Kamelets", files.size());
    put("lines of routes", lines(files));
    put(
        "longest route file, lines",
        files.stream().mapToInt(f -> lines(List.of(f))).max().orElse(0));
    put("routes, templates, configurations and Kamelets", ids);
    put("calls of beans (`ref:`, `${bean:}`)", counts[0] + counts[2]);
    put("beans that routes call", beans.size());
    put("methods of beans that routes call", methods.size());
    put("`setVariable` steps", counts[1]);
  }

  /**
   * One backup from its schedule to its mail: a route counts each time a step names it, a loop
   * once, each branch but failure, recovery, endpoint detection and download. An operation of the
   * site's API ({@code akeeba-…}) is one step; with what is inside it, it is counted too.
   */
  private void way() {
    Map<String, Object> routes = new HashMap<>();
    Map<String, Path> places = new HashMap<>();
    for (Path file : files("routes", ".camel.yaml")) {
      for (Object entry : entries(file)) {
        Map<?, ?> one = (Map<?, ?>) entry;
        Object route =
            one.containsKey("routeTemplate") ? one.get("routeTemplate") : one.get("route");
        if (route instanceof Map<?, ?> map && map.get("id") != null) {
          routes.put(String.valueOf(map.get("id")), route);
          places.put(String.valueOf(map.get("id")), file);
        }
      }
    }
    for (String start : ROOTS) {
      if (!routes.containsKey(start)) {
        throw new IllegalStateException("no route " + start + ": Figures.ROOTS is out of date");
      }
    }
    Way story = new Way(routes, false).go();
    Way all = new Way(routes, true).go();
    put("route entries from schedule to mail", story.entered.size());
    put("their files", story.entered.stream().map(places::get).distinct().count());
    put("their calls into Java", story.calls);
    put("route entries with those inside API operations", all.entered.size());
    put("their calls into Java, all", all.calls);
  }

  /** A walk from the schedule to the mail. */
  private static final class Way {
    private final Map<String, Object> routes;
    private final boolean insideOperations;
    private final List<String> entered = new ArrayList<>();
    private final Deque<String> callers = new ArrayDeque<>();
    private int calls;

    private Way(Map<String, Object> routes, boolean insideOperations) {
      this.routes = routes;
      this.insideOperations = insideOperations;
    }

    private Way go() {
      for (String start : ROOTS) {
        if (!entered.contains(start)) {
          enter(start);
        }
      }
      return this;
    }

    private void enter(String id) {
      if (!routes.containsKey(id) || callers.contains(id) || OTHER_WAYS.matcher(id).matches()) {
        return;
      }
      entered.add(id);
      if (id.startsWith("akeeba-") && !insideOperations) {
        return;
      }
      callers.push(id);
      walk(
          routes.get(id),
          ASIDE,
          (key, value) -> {
            if (value instanceof Map<?, ?> map && map.get("ref") instanceof String) {
              calls++;
            }
            if (value instanceof String text) {
              calls += Figures.count(BEAN_IN_SIMPLE, text);
              for (MatchResult to : DIRECT.matcher(text).results().toList()) {
                enter(to.group(1).replaceFirst("(\\{\\{route}}|\\$\\{)$", "mail"));
              }
            }
          });
      callers.pop();
    }
  }

  private void jars() {
    Path target = root.resolve("target");
    if (!Files.isDirectory(target)) {
      return;
    }
    try (Stream<Path> files = Files.list(target)) {
      files
          .filter(file -> file.toString().matches(".*[.](jar|zip)"))
          .sorted()
          .forEach(file -> put("`" + file.getFileName() + "`, KiB", size(file) / 1024));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of {@code mvn dependency:tree -Dverbose -Dscope=runtime -DoutputFile=target/tree.txt}. */
  private void dependencies() {
    Path tree = root.resolve("target/tree.txt");
    if (!Files.exists(tree)) {
      return;
    }
    Set<String> optional = optional();
    Map<String, Set<String>> below = new HashMap<>();
    Set<String> wanted = new LinkedHashSet<>();
    Set<String> all = new TreeSet<>();
    List<String> parents = new ArrayList<>();
    for (String line : text(tree).lines().skip(1).toList()) {
      int depth = line.indexOf("- ") / 3;
      String rest = line.substring(line.indexOf("- ") + 2);
      String artifact = rest.replaceFirst("^[(]", "").split("[ )]")[0];
      String[] parts = artifact.split(":");
      String name = parts[0] + ":" + parts[1];
      boolean omitted = rest.startsWith("(");
      parents.subList(depth, parents.size()).clear();
      parents.add(name);
      if (!omitted) {
        all.add(artifact);
      }
      if (depth > 0) {
        below.computeIfAbsent(parents.get(depth - 1), key -> new LinkedHashSet<>()).add(name);
      } else if (!optional.contains(name)) {
        wanted.add(name);
      }
    }
    Deque<String> open = new ArrayDeque<>(wanted);
    while (!open.isEmpty()) {
      for (String name : below.getOrDefault(open.pop(), Set.of())) {
        if (wanted.add(name)) {
          open.push(name);
        }
      }
    }
    List<String> library =
        all.stream()
            .filter(one -> wanted.contains(one.replaceFirst("^([^:]+:[^:]+).*", "$1")))
            .toList();
    put("jars that the library brings with it", library.size());
    put("their size, KiB", size(library) / 1024);
    put("jars of the program", all.size());
    put("size of those jars, KiB", size(all) / 1024);
  }

  /** The verbose tree does not say it. */
  private Set<String> optional() {
    return Stream.of(text(root.resolve("pom.xml")).split("<dependency>"))
        .filter(one -> one.contains("<optional>true</optional>"))
        .map(one -> element(one, "groupId") + ":" + element(one, "artifactId"))
        .collect(Collectors.toSet());
  }

  private static String element(String xml, String name) {
    int begin = xml.indexOf("<" + name + ">") + name.length() + 2;
    return xml.substring(begin, xml.indexOf("<", begin));
  }

  private static long size(Collection<String> artifacts) {
    Path repository =
        Path.of(
            System.getProperty(
                "maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
    long bytes = 0;
    for (String artifact : artifacts) {
      // group:artifact:type[:classifier]:version:scope
      String[] parts = artifact.split(":");
      String version = parts[parts.length - 2];
      String classifier = parts.length == 6 ? "-" + parts[3] : "";
      Path jar =
          repository.resolve(
              "%s/%s/%s/%s-%s%s.jar"
                  .formatted(
                      parts[0].replace('.', '/'),
                      parts[1],
                      version,
                      parts[1],
                      version,
                      classifier));
      bytes += Files.exists(jar) ? size(jar) : 0;
    }
    return bytes;
  }

  private List<Object> entries(Path file) {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(text(file));
    return loaded instanceof List<?> list ? List.copyOf(list) : List.of(loaded);
  }

  private interface Visitor {
    void visit(String key, Object value);
  }

  /** Visits every value below the node with its key, but nothing below a key to skip. */
  private static void walk(Object node, Set<String> skip, Visitor visitor) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (!skip.contains(key)) {
              visitor.visit(String.valueOf(key), value);
              walk(value, skip, visitor);
            }
          });
    } else if (node instanceof List<?> list) {
      list.forEach(value -> walk(value, skip, visitor));
    }
  }

  private List<Path> files(String folder, String ending) {
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int lines(List<Path> files) {
    return files.stream().mapToInt(file -> (int) text(file).lines().count()).sum();
  }

  private static int count(Pattern pattern, String text) {
    return (int) pattern.matcher(text).results().count();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String name, long value) {
    put(name, String.format(Locale.ROOT, "%,d", value));
  }

  private void put(String name, String value) {
    figures.put(name, value);
  }
}
