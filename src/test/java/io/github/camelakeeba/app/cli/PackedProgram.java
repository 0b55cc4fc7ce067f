package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.packaging.PomJar;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The program as Maven packs it: a jar that names its own three and the test's class path. */
final class PackedProgram {
  private static final Pattern MAIN = Pattern.compile("<launcher.class>(.*)</launcher.class>");

  private final Path folder;
  private final Map<String, Path> libraries = new TreeMap<>();

  /** Packs it into the folder; the library whose name begins so is not part of it. */
  PackedProgram(Path folder, String without) throws Exception {
    this.folder = folder;
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (entry.endsWith(".jar")) {
        libraries.put(Path.of(entry).getFileName().toString(), Path.of(entry));
      }
    }
    pack(
        libraries.entrySet().stream()
            .filter(library -> !library.getKey().startsWith(without))
            .map(library -> library.getValue().toUri().toString())
            .collect(Collectors.joining(" ")));
  }

  private void pack(String classPath) throws Exception {
    Matcher main = MAIN.matcher(Files.readString(Path.of("pom.xml")));
    if (!main.find()) {
      throw new IllegalStateException("pom.xml names no launcher.class");
    }
    StringBuilder own = new StringBuilder();
    for (PomJar jar : PomJar.values()) {
      own.append(jar.pack(folder).toUri()).append(' ');
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.group(1));
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, own + classPath);
    try (OutputStream out = Files.newOutputStream(jar())) {
      new JarOutputStream(out, manifest).close();
    }
  }

  /** The jar to start. */
  Path jar() {
    return folder.resolve("program.jar");
  }

  /** Puts the library whose name begins so into this lib/, as a user would. */
  void copy(String library, Path lib) throws IOException {
    Files.createDirectories(lib);
    for (String name : libraries.keySet()) {
      if (name.startsWith(library)) {
        Files.copy(libraries.get(name), lib.resolve(name));
      }
    }
  }
}
