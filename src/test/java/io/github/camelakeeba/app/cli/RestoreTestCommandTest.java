package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.proof.ScriptedTester;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is restored to test it, in this process or by a running serve. */
@Tag("slow")
class RestoreTestCommandTest {
  /** Where nobody listens. */
  private static final String AWAY =
      "restoreTest: {database: \"jdbc:mariadb://127.0.0.1:9/\", user: prover, password: Scratch-Pa55word}";

  @TempDir Path home;

  @Test
  void beside_a_serve_that_one_makes_the_test_and_the_exit_code_is_the_verdict() throws Exception {
    try (RunningProduct product = new RunningProduct(home).durable()) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1);
      product.site("shop", shop.url(), AWAY).commands().start();
      ScriptedTester tester = ScriptedTester.of(product);
      product.backup("shop");
      Program program = new Program(home);

      Program.Ended proved = program.run("restoretest", "shop");
      assertThat(proved.code()).as(proved.err()).isEqualTo(ExitCode.COMPLETED);
      assertThat(proved.out())
          .startsWith("proved: shop")
          .contains("2 tables, 3,119 rows on 11.4.5-MariaDB", "a".repeat(64));
      tester.gives(ScriptedTester.unproved("Table #__content: 2,999 rows instead of 3,000."));
      Program.Ended unproved = program.run("restoretest", "shop", "--json");
      assertThat(unproved.code()).isEqualTo(ExitCode.FAILED);
      JsonNode record = new ObjectMapper().readTree(unproved.out());
      assertThat(record.path("reason").asText()).contains("2,999");
      assertThat(record.path("trigger").asText()).isEqualTo("command");
      Program.Ended missing = program.run("restoretest", "shop", "4711");
      assertThat(missing.code()).isEqualTo(ExitCode.USAGE);
      assertThat(missing.err()).contains("there is no backup '4711' of shop", "'list shop'");
      assertThat(program.run("status").out()).contains("PROVED", "ago, now unproved");
      assertThat(program.run("status", "--check").out()).contains("1 not proved by a restore");
    }
  }

  @Test
  void without_a_serve_this_process_makes_it_and_a_server_that_is_away_ends_with_3()
      throws Exception {
    try (RunningProduct product = new RunningProduct(home).durable()) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(1);
      product.site("shop", shop.url(), AWAY).start();
      product.backup("shop");
      product.stop();

      Program.Ended missing = new Program(home).run("restoretest", "shop", "4711");
      assertThat(missing.code()).as(missing.out()).isEqualTo(ExitCode.USAGE);
      assertThat(missing.err()).contains("there is no backup '4711' of shop", "'list shop'");

      Program.Ended untested = new Program(home).run("restoretest", "shop");
      assertThat(untested.code()).as(untested.err()).isEqualTo(ExitCode.WARNING);
      assertThat(untested.out()).startsWith("untested: shop: ");
      assertThat(untested.out() + untested.err()).doesNotContain("Scratch-Pa55word");
    }
  }

  @Test
  void what_is_wrong_ends_with_2_and_says_what_is_allowed() throws Exception {
    Program program =
        new Program(home).site("shop", java.net.URI.create("http://127.0.0.1:9/remote.php"));
    Program.Ended unknown = program.run("restoretest", "nix");
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("there is no site 'nix'; config/sites.yaml has: shop");
    Program.Ended unset = program.run("restoretest", "shop");
    assertThat(unset.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unset.err()).contains("shop has no 'restoreTest' in sites.yaml");
  }
}
