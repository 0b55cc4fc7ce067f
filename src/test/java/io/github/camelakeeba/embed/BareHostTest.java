package io.github.camelakeeba.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose class path has what the library brings, and none of what only the program uses. */
class BareHostTest {
  private static final String BROUGHT_BY_THE_PROGRAM_ONLY =
      "(camel-(jms|kafka|ftp|servlet|rest)|kafka|jakarta[.]jms|spring-jms|artemis"
          + "|qpid|pooled-jms|jetty|picocli|progressbar|jline|greenmail|log4j).*[.]jar";

  @TempDir Path folder;

  private static URL[] brought() throws Exception {
    List<URL> brought = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!new File(entry).getName().matches(BROUGHT_BY_THE_PROGRAM_ONLY)) {
        brought.add(new File(entry).toURI().toURL());
      }
    }
    return brought.toArray(URL[]::new);
  }

  @Test
  @SuppressWarnings("unchecked")
  void a_trigger_and_a_channel_of_the_host_work_without_the_programs_components() throws Exception {
    String rest =
        """
        channels:
          host: {type: camel, uri: "seda:outcomes"}
        notify:
          - {on: [completed, warning, failed], to: host}
        triggers:
          - {from: "seda:deploys"}
        """;
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    try (Shop shop = new Shop(folder, rest);
        URLClassLoader loader =
            new URLClassLoader(brought(), ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> loader.loadClass("jakarta.jms.Message"))
          .isInstanceOf(ClassNotFoundException.class);
      Thread.currentThread().setContextClassLoader(loader);
      Object host = loader.loadClass(BareHost.class.getName()).getConstructor().newInstance();
      String event = ((Function<Properties, String>) host).apply(shop.properties());

      assertThat(new ObjectMapper().readTree(event).at("/data/state").asText())
          .isEqualTo("completed");
    } finally {
      Thread.currentThread().setContextClassLoader(own);
    }
  }
}
