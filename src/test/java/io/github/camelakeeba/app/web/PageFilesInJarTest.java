package io.github.camelakeeba.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed program has its page in a jar. */
class PageFilesInJarTest {
  private static final String PLOTS = "META-INF/resources/webjars/uplot/1.6.30/LICENSE";

  @TempDir Path folder;

  private URL jar() throws IOException {
    Path jar = folder.resolve("app page.jar"); // also below a folder with a space
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String entry : new String[] {"page/", "page/index.html", "page/main.js", "other.txt"}) {
        out.putNextEntry(new JarEntry(entry));
        if (!entry.endsWith("/")) {
          out.write("<script src=\"/ui/main.js\">".getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return jar.toUri().toURL();
  }

  @Test
  void they_are_found_there_and_nothing_else_is() throws Exception {
    URL plots =
        ((JarURLConnection) PageFiles.class.getClassLoader().getResource(PLOTS).openConnection())
            .getJarFileURL();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader packed =
        new URLClassLoader(new URL[] {jar(), plots}, ClassLoader.getPlatformClassLoader())) {
      thread.setContextClassLoader(packed);
      PageFiles files = new PageFiles();

      assertThat(new String(files.at("/").content(), StandardCharsets.UTF_8))
          .matches("<script src=\"/ui/[0-9a-f]{12}/main.js\">");
      assertThat(files.at("/ui/main.js").mediaType()).isEqualTo("text/javascript;charset=utf-8");
      assertThat(files.at("/ui/uplot/1.6.30/uPlot.esm.js").immutable()).isTrue();
      assertThat(files.at("/ui/index.html")).isNull();
      assertThat(files.at("/ui/other.txt")).isNull();
      assertThat(files.at("/ui/../other.txt")).isNull();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
