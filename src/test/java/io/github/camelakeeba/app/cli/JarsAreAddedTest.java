package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.app.cli.output.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar in lib/ is part of the program; camel-jdbc is one that the distribution lacks. */
@Tag("process")
class JarsAreAddedTest {
  private static final String ORDERS =
      """
      camel.beans.orders = #class:org.h2.jdbcx.JdbcDataSource
      camel.beans.orders.url = jdbc:h2:mem:orders
      """;

  private static final String ROUTE =
      """
      - route:
          id: count-orders
          description: Asks a database by a component that somebody has added.
          from:
            uri: timer:count
            parameters:
              repeatCount: 1
              delay: 0
            steps:
              - setBody:
                  expression:
                    constant:
                      expression: select 40 + 2 as ORDERS
              - to:
                  uri: seda:count-orders
      - route:
          id: ask-the-store
          description: Runs in a thread that was made later.
          from:
            uri: seda:count-orders
            steps:
              - to:
                  uri: %s:orders
              - log:
                  message: "the store says ${body}"
      """;

  @TempDir Path folder;
  @TempDir Path home;
  @TempDir Path output;
  private PackedProgram packed;

  @BeforeEach
  void pack() throws Exception {
    packed = new PackedProgram(folder, "camel-jdbc");
    new Program(home).site("shop", URI.create("http://127.0.0.1:9/remote.php")).properties(ORDERS);
    route("jdbc");
  }

  private void route(String scheme) throws IOException {
    Path routes = Files.createDirectories(home.resolve("routes"));
    try (var shipped = Files.newDirectoryStream(Path.of("routes"), "*.yaml")) {
      for (Path one : shipped) {
        Files.copy(one, routes.resolve(one.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path local = Files.createDirectories(routes.resolve("local"));
    Files.writeString(local.resolve("count-orders.camel.yaml"), ROUTE.formatted(scheme));
  }

  private ChildProcess serve() throws IOException {
    return ChildProcess.ofJar(output, packed.jar(), "serve", "--home", home.toString());
  }

  @Test
  void without_the_jar_one_sentence_says_which_component_is_missing() throws Exception {
    try (ChildProcess serve = serve()) {
      assertThat(serve.code(180)).isEqualTo(ExitCode.USAGE);
      assertThat(serve.err())
          .contains("No endpoint could be found for: jdbc://orders, please check your classpath")
          .hasLineCount(1);
    }
  }

  @Test
  void a_component_in_lib_beside_the_program_works_in_routes_and_on_threads_made_later()
      throws Exception {
    packed.copy("camel-jdbc", folder.resolve("lib"));
    packed.copy("camel-seda", folder.resolve("lib"));
    // as an earlier version would have left it
    Files.writeString(folder.resolve("lib/camel-seda-4.0.0.jar"), "an old one");
    try (ChildProcess serve = serve()) {
      serve.says("the store says [{ORDERS=42}]");
      assertThat(serve.err()).containsPattern("added from lib: camel-jdbc-[0-9.]+jar\n");
    }
  }

  @Test
  void a_kit_is_a_folder_in_lib_at_home_or_beside_the_program() throws Exception {
    packed.copy("camel-jdbc", home.resolve("lib/databases"));
    Files.createDirectories(folder.resolve("lib/empty"));
    try (ChildProcess serve = serve()) {
      serve.says("the store says [{ORDERS=42}]");
      assertThat(serve.err()).containsPattern("added from lib: camel-jdbc-[0-9.]+jar\n");
    }
  }

  @Test
  void a_class_in_lib_at_home_can_be_a_bean_of_application_properties() throws Exception {
    packed.copy("camel-jdbc", home.resolve("lib"));
    new Program(home)
        .properties(
            ORDERS + "camel.beans.store = #class:org.apache.camel.component.jdbc.JdbcComponent\n");
    route("store");
    try (ChildProcess serve = serve()) {
      serve.says("the store says [{ORDERS=42}]");
    }
  }

  @Test
  void a_broken_jar_is_named_in_one_sentence() throws Exception {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Path broken = Files.writeString(lib.resolve("half.jar"), "half of a jar");
    try (ChildProcess serve = serve()) {
      assertThat(serve.code(180)).isEqualTo(ExitCode.USAGE);
      assertThat(serve.err())
          .isEqualTo(broken + ": can't be read as a jar; put it there anew, or take it away\n");
    }
  }
}
