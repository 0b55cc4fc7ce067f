package io.github.camelakeeba.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * The folder {@code routes/} of a home: copies of the shipped routes, which an upgrade replaces and
 * which are compared with those of this version, and the user's own in {@code routes/local/}.
 */
public final class RouteFolder {
  private static final String SHIPPED = "classpath:camel-akeeba-backup/routes";
  private static final String ROUTES = "*.camel.yaml";

  private final Path folder;
  private final Path local;

  RouteFolder(Path home) {
    folder = home.resolve("routes");
    local = folder.resolve("local");
  }

  /** The routes that run: the copies, else those in the jar; and the user's. */
  Collection<Resource> all(CamelContext context) throws Exception {
    List<Resource> routes =
        new ArrayList<>(
            files(folder).isEmpty() ? shipped(context) : find(context, "file:" + folder));
    routes.addAll(local(context));
    return routes;
  }

  private static Collection<Resource> find(CamelContext context, String folder) throws Exception {
    return PluginHelper.getPackageScanResourceResolver(context)
        .findResources(folder + "/" + ROUTES);
  }

  /** The shipped routes, for a host that has no copies of them. */
  static Collection<Resource> shipped(CamelContext context) throws Exception {
    return find(context, SHIPPED);
  }

  /** The user's routes. */
  Collection<Resource> local(CamelContext context) throws Exception {
    return files(local).isEmpty() ? List.of() : find(context, "file:" + local);
  }

  public List<String> localFiles() {
    return files(local).stream().map(file -> "routes/local/" + file.getFileName()).toList();
  }

  /**
   * A sentence each for copies that differ from the shipped routes of this version, are missing, or
   * are not of it; a changed one that {@code reported} names already is left out.
   */
  public List<String> differences(CamelContext context, String reported) {
    List<Path> copies = files(folder);
    if (copies.isEmpty()) {
      return List.of();
    }
    Map<String, String> shipped = shippedTexts(context);
    List<String> changed = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Path file : copies) {
      String name = file.getFileName().toString();
      String text = shipped.remove(name);
      if (text == null) {
        unknown.add(name);
      } else if (!text.equals(read(file)) && !reported.contains(name)) {
        changed.add(name);
      }
    }
    List<String> differences = new ArrayList<>();
    add(
        differences,
        changed,
        "not as this version ships them: %s; they run as they are. After an upgrade take the new"
            + " files and make your change again, or move steps of your own to routes/local/");
    add(
        differences,
        shipped.keySet(),
        "missing: %s; take all files of this version from its zip, or delete the files in routes/"
            + " to run those in the jar");
    add(
        differences,
        unknown,
        "not of this version: %s; delete what an older version has left, and move routes of your"
            + " own to routes/local/");
    return differences;
  }

  private static void add(List<String> sentences, Collection<String> names, String sentence) {
    if (!names.isEmpty()) {
      sentences.add("routes/: " + sentence.formatted(String.join(", ", names)));
    }
  }

  private static Map<String, String> shippedTexts(CamelContext context) {
    Map<String, String> texts = new TreeMap<>();
    try {
      for (Resource resource : shipped(context)) {
        try (InputStream in = resource.getInputStream()) {
          texts.put(resource.getLocation().replaceFirst("^.*/", ""), normalized(in.readAllBytes()));
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("the shipped routes can't be read", e);
    }
    return texts;
  }

  private static String read(Path file) {
    try {
      return normalized(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An editor on Windows changes the ends of lines, and nothing else. */
  private static String normalized(byte[] text) {
    return new String(text, StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(ROUTES.substring(1)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
