package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.web.ApiServer;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code reload}, and what {@code check} says of what runs, beside a serve of the same home. */
@Tag("slow")
class ReloadCommandTest {
  private static final String SHOP =
      "sites:\n  shop: {url: \"http://127.0.0.1:9/\", secret: a-word-of-shop}\n";
  private static final String BLOG =
      "  blog: {url: \"http://127.0.0.1:9/\", secret: a-word-of-blog}\n";
  private static final String ANOTHER =
      "warning: what runs has another configuration than this one; 'reload' takes this one";

  @TempDir static Path folder;
  private static Service serve;

  @BeforeAll
  static void serve() throws Exception {
    Home home = new Home(folder);
    program(SHOP);
    serve = Service.start(home, StartModes.serve(home, ApiServer.withCommandsOf(home)));
  }

  @AfterAll
  static void close() throws Exception {
    serve.close();
  }

  private static Program program(String sites) throws Exception {
    return new Program(folder).sites(sites);
  }

  private static void given() throws Exception {
    program(SHOP).run("reload");
    serve.beans().heartbeat().beat();
  }

  @Test
  void what_is_taken_is_0_and_told_by_name() throws Exception {
    given();

    Program.Ended taken = program(SHOP.replace("word-of", "secret-of") + BLOG).run("reload");

    assertThat(taken.code()).as(taken.err()).isEqualTo(ExitCode.COMPLETED);
    assertThat(taken.out())
        .contains("The configuration was taken. Sites: 2.", "added: blog", "changed: shop");
    assertThat(serve.configuration().sites()).containsOnlyKeys("shop", "blog");
  }

  @Test
  void json_is_one_object() throws Exception {
    given();

    Program.Ended taken = program(SHOP + BLOG).run("reload", "--json");

    JsonNode result = new ObjectMapper().readTree(taken.out());
    assertThat(taken.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(result.path("taken").asBoolean()).isTrue();
    assertThat(result.at("/added/0").asText()).isEqualTo("blog");
    assertThat(result.path("fingerprint").asText()).isEqualTo(serve.configuration().fingerprint());
  }

  @Tag("fault")
  @Test
  void what_is_refused_is_2_with_every_problem_and_the_one_before_holds() throws Exception {
    given();

    Program.Ended refused = program(SHOP + "  blog: {url: nowhere}\n  wiki: {}\n").run("reload");

    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.errLines()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(refused.err()).contains("config/sites.yaml:3", "config/sites.yaml:4");
    assertThat(serve.configuration().sites()).containsOnlyKeys("shop");
  }

  @Test
  void where_no_serve_runs_it_is_1(@TempDir Path other) throws Exception {
    Program.Ended none = new Program(other).sites(SHOP).run("reload");

    assertThat(none.code()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("no serve of this home answers").hasLineCount(1);
  }

  @Test
  void check_tells_that_the_files_are_not_what_runs_until_they_are() throws Exception {
    given();
    assertThat(program(SHOP).run("check").out()).doesNotContain("another configuration");

    Program changed = program(SHOP + BLOG);
    assertThat(changed.run("check").out()).containsOnlyOnce(ANOTHER);
    JsonNode json = new ObjectMapper().readTree(changed.run("check", "--json").out());
    assertThat(json.path("running")).hasSize(1);
    assertThat(json.at("/running/0").asText()).isNotEqualTo(json.path("fingerprint").asText());

    changed.run("reload");
    serve.beans().heartbeat().beat();
    assertThat(changed.run("check").out()).doesNotContain("another configuration");
  }

  @Test
  void check_tells_that_nodes_differ_but_not_of_a_dead_one() throws Exception {
    given();
    String insert =
        "insert into node (id, configuration, alive_until) values ('other', 'abc', current_timestamp"
            + " %s interval '1' hour)";
    try {
      sql(insert.formatted("-"));
      assertThat(program(SHOP).run("check").out()).doesNotContain("configurations");
      sql("delete from node where id = 'other'");
      sql(insert.formatted("+"));

      assertThat(program(SHOP).run("check").out())
          .containsOnlyOnce(
              "warning: the running nodes have 2 different configurations, one of them this one;");
    } finally {
      sql("delete from node where id = 'other'");
    }
  }

  private static void sql(String text) {
    serve.beans().monitoring().database().jdbc().update(text);
  }

  /** Else a start while the source is away would fall back on what no start can take. */
  @Test
  void a_list_of_a_refused_configuration_is_not_kept() throws Exception {
    Path list = folder.resolve("config/sites.csv");
    String sources = "sources: [{from: sites.csv, template: {secret: a-word-of-all}}]\n";
    Files.writeString(list, "name,url\nshop,http://127.0.0.1:9/\n");
    program(sources).run("reload");
    assertThat(kept()).contains("shop");

    Files.writeString(list, "name,url\nshop,http://127.0.0.1:9/\nblog,http://127.0.0.1:7/\n");
    Program.Ended refused =
        program(sources + "channels: {bus: {type: camel, uri: \"timer:x\"}}\n").run("reload");
    assertThat(refused.err()).contains("channels.bus.uri: nothing can be sent to 'timer'");
    assertThat(kept()).contains("shop").doesNotContain("blog");

    program(sources).run("reload");
    assertThat(kept()).contains("blog");
  }

  private static String kept() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("data/sources"))) {
      return Files.readString(files.reduce((one, other) -> null).orElseThrow());
    }
  }
}
