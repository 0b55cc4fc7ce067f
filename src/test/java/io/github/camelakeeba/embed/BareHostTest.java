package io.github.camelakeeba.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.product.RunningProduct;
import java.io.File;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose class path has what the library brings, and none of what only the program uses. */
@Tag("process")
class BareHostTest {
  private static final String BROUGHT_BY_THE_PROGRAM_ONLY =
      "(camel-(jms|kafka|ftp|servlet|rest)|kafka|jakarta[.]jms|spring-jms|artemis|qpid|pooled-jms"
          + "|jetty|picocli|progressbar|jline|greenmail|log4j).*[.]jar";

  @TempDir Path folder;

  private static List<String> classPath() {
    return Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  @Test
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
    String brought =
        classPath().stream()
            .filter(entry -> !new File(entry).getName().matches(BROUGHT_BY_THE_PROGRAM_ONLY))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(brought).contains("camel-core").doesNotContain("jms", "kafka", "camel-servlet");
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    try (SampleSite shop = new SampleSite(folder, rest)) {
      StringWriter properties = new StringWriter();
      shop.properties().store(properties, null);
      Process host =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  brought,
                  BareHost.class.getName(),
                  properties.toString())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      try {
        assertThat(host.waitFor(RunningProduct.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } finally {
        host.destroyForcibly();
      }

      assertThat(host.exitValue()).as(Files.readString(err)).isZero();
      assertThat(new ObjectMapper().readTree(out.toFile()).at("/data/state").asText())
          .isEqualTo("completed");
    }
  }
}
