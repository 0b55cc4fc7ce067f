package io.github.camelakeeba.app.web;

import io.github.camelakeeba.secret.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * The files of the page, by the paths that they are served at. Nothing else is: no path is ever
 * made into the name of a file.
 */
final class PageFiles {
  private static final String FOLDER = "page/";

  /** The library that draws the plots, at paths with its version. */
  private static final String PLOTS = "uplot/1.6.30/";

  private static final String PLOTS_FOLDER = "META-INF/resources/webjars/" + PLOTS;
  private static final Map<String, String> PLOTS_FILES =
      Map.of(
          "uPlot.esm.js", "dist/uPlot.esm.js",
          "uPlot.min.css", "dist/uPlot.min.css",
          "LICENSE.txt", "LICENSE");
  private static final int VERSION_LENGTH = 12;

  private final Map<String, PageFile> files = new HashMap<>();

  /**
   * A file.
   *
   * @param immutable whether its path changes with its content
   */
  record PageFile(byte[] content, String mediaType, String etag, boolean immutable) {}

  /** Reads them from the class path. */
  PageFiles() {
    Map<String, byte[]> contents = new TreeMap<>();
    try (ResourceFactory.Closeable resources = ResourceFactory.closeable()) {
      Resource folder = resources.newClassLoaderResource(FOLDER);
      if (folder != null && folder.exists()) {
        for (Resource file : folder.getAllResources()) {
          if (!file.isDirectory()) {
            contents.put(name(folder, file), bytes(file));
          }
        }
      }
      for (Map.Entry<String, String> one : PLOTS_FILES.entrySet()) {
        contents.put(
            PLOTS + one.getKey(),
            bytes(resources.newClassLoaderResource(PLOTS_FOLDER + one.getValue())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String version = version(contents);
    contents.forEach((name, content) -> add(name, content, version));
  }

  private static String name(Resource folder, Resource file) {
    return folder.getPathTo(file).toString().replace('\\', '/');
  }

  private static byte[] bytes(Resource file) throws IOException {
    try (InputStream in = file.newInputStream()) {
      return in.readAllBytes();
    }
  }

  private static String version(Map<String, byte[]> contents) {
    StringBuilder all = new StringBuilder();
    contents.forEach((name, content) -> all.append(name).append(Sha256.hex(content)));
    return Sha256.hex(all.toString()).substring(0, VERSION_LENGTH);
  }

  private void add(String name, byte[] content, String version) {
    if (name.equals("index.html")) { // names the others, which name each other relative to it
      String text = new String(content, StandardCharsets.UTF_8);
      byte[] versioned =
          text.replace("=\"/ui/", "=\"/ui/" + version + "/").getBytes(StandardCharsets.UTF_8);
      files.put("/", file(name, versioned, false));
    } else {
      files.put("/ui/" + name, file(name, content, name.startsWith(PLOTS)));
      files.put("/ui/" + version + "/" + name, file(name, content, true));
    }
  }

  private static PageFile file(String name, byte[] content, boolean immutable) {
    String type = MimeTypes.DEFAULTS.getMimeByExtension(name);
    boolean text = type == null || type.startsWith("text/") || type.endsWith("json");
    return new PageFile(
        content,
        (type == null ? "text/plain" : type) + (text ? ";charset=utf-8" : ""),
        "\"" + Sha256.hex(content).substring(0, 2 * VERSION_LENGTH) + "\"",
        immutable);
  }

  /** Null: there is none. */
  PageFile at(String path) {
    return files.get(path);
  }
}
