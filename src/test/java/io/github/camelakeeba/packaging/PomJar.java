package io.github.camelakeeba.packaging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.springframework.util.AntPathMatcher;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** One of the jars that Maven makes of the module, with the files that pom.xml gives it. */
public enum PomJar {
  LIBRARY("default-jar"),
  APP("app"),
  SIMULATOR("simulator");

  private static final Path CLASSES = Path.of("target", "classes");

  private final String execution;

  PomJar(String execution) {
    this.execution = execution;
  }

  /** Its files, as they are named in it. */
  public List<String> files() throws Exception {
    List<String> includes = patterns("includes/include");
    List<String> excludes = patterns("excludes/exclude");
    AntPathMatcher matcher = new AntPathMatcher();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> CLASSES.relativize(file).toString().replace('\\', '/'))
          .filter(
              name ->
                  includes.isEmpty()
                      || includes.stream().anyMatch(pattern -> matcher.match(pattern, name)))
          .filter(name -> excludes.stream().noneMatch(pattern -> matcher.match(pattern, name)))
          .sorted()
          .toList();
    }
  }

  private List<String> patterns(String element) throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(Path.of("pom.xml").toFile());
    NodeList found =
        (NodeList)
            XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                    "//plugin[artifactId='maven-jar-plugin']/executions/execution[id='%s']"
                            .formatted(execution)
                        + "/configuration/"
                        + element,
                    pom,
                    XPathConstants.NODESET);
    List<String> patterns = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      patterns.add(found.item(i).getTextContent().strip());
    }
    return patterns;
  }

  /** Makes it in this folder. */
  public Path pack(Path folder) throws Exception {
    Path jar = folder.resolve("camel-akeeba-backup-" + execution + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out)) {
      Set<String> folders = new TreeSet<>();
      for (String name : files()) {
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
          if (folders.add(name.substring(0, slash + 1))) {
            packed.putNextEntry(new JarEntry(name.substring(0, slash + 1)));
          }
        }
        packed.putNextEntry(new JarEntry(name));
        Files.copy(CLASSES.resolve(name), packed);
      }
    } catch (IOException e) {
      throw new IllegalStateException(jar + " can't be made", e);
    }
    return jar;
  }
}
