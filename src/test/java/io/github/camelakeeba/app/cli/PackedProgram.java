package io.github.camelakeeba.app.cli;

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
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The program as Maven packs it, made from the test's class path: a jar, and lib/ beside it. */
final class PackedProgram {
  private static final Pattern MAIN = Pattern.compile("<launcher.class>(.*)</launcher.class>");

  private final Path folder;
  private final Map<String, Path> libraries = new TreeMap<>();

  /** Packs it into the folder; the library whose name begins so is not part of it. */
  PackedProgram(Path folder, String without) throws IOException {
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

  private void pack(String classPath) throws IOException {
    Matcher main = MAIN.matcher(Files.readString(Path.of("pom.xml")));
    if (!main.find()) {
      throw new IllegalStateException("pom.xml names no launcher.class");
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.group(1));
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    Path classes = Path.of("target", "classes");
    try (OutputStream out = Files.newOutputStream(jar());
        JarOutputStream packed = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.skip(1).toList()) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        packed.putNextEntry(new ZipEntry(Files.isDirectory(file) ? name + "/" : name));
        if (Files.isRegularFile(file)) {
          Files.copy(file, packed);
        }
      }
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
