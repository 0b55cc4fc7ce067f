package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.PluginLine;
import io.github.camelakeeba.app.signal.HangUpSignal;
import io.github.camelakeeba.service.Home;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * Starts the program's jar, together with the jars that a user has put into {@code lib/}, and with
 * the kits there: each folder in it that has jars.
 */
public final class Launcher {
  private static final String HOME = "--home";

  private Launcher() {}

  public static void main(String[] arguments) throws Exception {
    if (Arrays.asList(arguments).contains("serve")) {
      // until serve minds it: what changed before that is in the configuration that it will read
      HangUpSignal.handle(() -> {});
    }
    // with -jar the class path is that jar alone; its manifest names the rest
    Path jar = Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    Collection<Path> added = added(jar, Home.of(homeOption(arguments)));
    if (added.isEmpty()) {
      BackupApp.main(arguments);
      return;
    }
    for (Path file : added) {
      try {
        new JarFile(file.toFile()).close();
      } catch (IOException e) {
        String reason = file + ": can't be read as a jar; put it there anew, or take it away";
        if (PluginLine.isAskedBy(arguments)) {
          System.out.println(PluginLine.unknown(reason).text());
          System.exit(PluginLine.UNKNOWN);
        }
        System.err.println(reason);
        System.exit(ExitCode.USAGE);
      }
    }
    start(jar, added, arguments);
  }

  /**
   * All jars in one class loader: then a shipped library finds a class of an added one by its name,
   * whichever class loader it asks (Kafka its own, JDBC that of the caller).
   */
  private static void start(Path jar, Collection<Path> added, String... arguments)
      throws Exception {
    List<URL> all = new ArrayList<>();
    all.add(jar.toUri().toURL()); // its manifest names the program's own libraries
    for (Path file : added) {
      all.add(file.toUri().toURL());
    }
    ClassLoader loader =
        new URLClassLoader(all.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
    System.setProperty(
        BackupApp.ADDED_JARS_PROPERTY,
        String.join(", ", added.stream().map(file -> file.getFileName().toString()).toList()));
    loader
        .loadClass(BackupApp.class.getName())
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }

  /** The jars in lib/, beside the program and at home, that are not on the class path yet. */
  private static Collection<Path> added(Path jar, Home home) throws IOException {
    Set<String> shipped = shipped(jar);
    Map<String, Path> added = new TreeMap<>();
    for (Path lib : List.of(jar.resolveSibling("lib"), home.folder().resolve("lib"))) {
      for (Path folder : withKits(lib)) {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
          jars.forEach(file -> added.putIfAbsent(file.getFileName().toString(), file));
        }
      }
    }
    // an older shipped jar, left by an earlier version, is not added
    added.keySet().removeIf(name -> shipped.contains(artifact(name)));
    return added.values();
  }

  /** The folder and those in it; none where there is no such folder. */
  private static List<Path> withKits(Path lib) throws IOException {
    if (!Files.isDirectory(lib)) {
      return List.of();
    }
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> kits = Files.newDirectoryStream(lib, Files::isDirectory)) {
      kits.forEach(folders::add);
    }
    Collections.sort(folders);
    folders.add(0, lib);
    return folders;
  }

  private static String artifact(String jar) {
    return jar.replaceFirst("(-[0-9].*)?\\.jar$", "");
  }

  /** The artifacts that the program's manifest names, as far as they are there. */
  private static Set<String> shipped(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      String path = file.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      return Arrays.stream(path.split(" "))
          .map(entry -> Path.of(jar.toUri().resolve(entry)))
          .filter(Files::exists)
          .map(entry -> artifact(entry.getFileName().toString()))
          .collect(Collectors.toSet());
    }
  }

  private static Path homeOption(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].startsWith(HOME + "=")) {
        return Path.of(arguments[i].substring(HOME.length() + 1));
      }
      if (arguments[i].equals(HOME) && i + 1 < arguments.length) {
        return Path.of(arguments[i + 1]);
      }
    }
    return null;
  }
}
