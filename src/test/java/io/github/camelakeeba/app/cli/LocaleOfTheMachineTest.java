package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Digits of its own, an i without a dot, or no letters but ASCII: what a machine may be set to. */
@Tag("process")
class LocaleOfTheMachineTest {
  private static final String SENTENCE =
      "names of files are ANSI_X3.4-1968 here, so that one with other letters can be neither read"
          + " nor written; start with LC_ALL=C.UTF-8";

  @TempDir Path home;
  @TempDir Path output;

  private ChildProcess child(String language, String locale, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", home.toString()));
    return new ChildProcess(
        output,
        List.of("env", "LC_ALL=" + locale, "JDK_JAVA_OPTIONS=" + language),
        all.toArray(String[]::new));
  }

  @Test
  void a_command_beside_a_serve_works_with_arabic_digits_and_the_turkish_i() throws Exception {
    try (SimulatedServer server = SimulatedServer.start()) {
      new Program(home)
          .properties(
              "backup.api.token = %s\nbackup.api.port = %s\n"
                  .formatted(RunningProduct.TOKEN, Ports.free()))
          .site("shop", server.joomla("shop").secret(RunningProduct.SECRET).steps(2).url());
      try (ChildProcess serve = child("-Duser.language=ar -Duser.country=EG", "C", "serve")) {
        serve.address();
        serve.says(SENTENCE);
        for (String language : new String[] {"ar -Duser.country=EG", "tr -Duser.country=TR"}) {
          try (ChildProcess backup =
              child("-Duser.language=" + language, "C.UTF-8", "backup", "shop")) {
            assertThat(backup.code(180)).as(backup.err()).isEqualTo(ExitCode.COMPLETED);
            assertThat(backup.out()).startsWith("completed: shop").contains(", 2 steps");
          }
        }
      }
    }
  }

  @Test
  void where_names_are_ascii_only_a_sentence_says_what_to_set() throws Exception {
    Program program = new Program(home);
    program.sites(
        """
        sites:
          shop: {url: "https://shop.example.com/", secret: Sample-Secret-1, download: {to: "archives/\u00e4"}}
        """);
    try (ChildProcess check = child("-Dx=y", "C", "check")) {
      assertThat(check.code(180)).isEqualTo(ExitCode.USAGE);
      assertThat(check.err()).contains("config/sites.yaml:2: ", SENTENCE);
    }
  }
}
