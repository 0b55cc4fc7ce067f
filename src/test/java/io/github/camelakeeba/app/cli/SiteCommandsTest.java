package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.ForeignBackup;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else the API can do, from the command line: nothing is deleted by mistake or in doubt. */
@Tag("slow")
class SiteCommandsTest {
  @TempDir Path home;
  private final SimulatedServer server = SimulatedServer.start();
  private SimulatedSite shop;
  private Program program;

  @BeforeEach
  void open() throws Exception {
    shop =
        server
            .joomla("shop")
            .secret(RunningProduct.SECRET)
            .profiles(1, "Everything", 7, "\u001b[31mDatabase only");
    program = new Program(home).site("shop", shop.address(), "zone: UTC");
  }

  @AfterEach
  void close() {
    server.close();
    assertThat(shop.violations()).isEmpty();
  }

  private static JsonNode json(Program.Ended ended) throws Exception {
    assertThat(ended.out().lines()).hasSize(1);
    return new ObjectMapper().readTree(ended.out());
  }

  @Test
  void profiles_backups_and_one_backup_are_shown_to_people_and_machines() throws Exception {
    shop.parts(2).pastBackups(3);
    ForeignBackup running = shop.foreignBackup("backend");

    Program.Ended profiles = program.run("profiles", "shop");
    assertThat(profiles.err()).isEmpty();
    assertThat(profiles.out().lines())
        .containsExactly("PROFILE  NAME", "1        Everything", "7        [31mDatabase only");
    assertThat(json(program.run("profiles", "shop", "--json")).path("profiles")).hasSize(2);

    Program.Ended list = program.run("list", "shop", "--limit", "2");
    assertThat(list.out().lines()).hasSize(3);
    assertThat(list.out().lines().toList().get(0))
        .matches("ID +BEGUN +STATUS +PROFILE +SIZE +ORIGIN +DESCRIPTION");
    assertThat(list.out().lines().toList().get(1)).startsWith("4 ").contains(" run ", "backend");
    assertThat(list.out().lines().toList().get(2)).startsWith("3 ").contains("complete", "65.5 kB");
    JsonNode backups =
        json(program.run("list", "shop", "--json", "--limit", "0", "--from", "1")).path("backups");
    assertThat(backups).hasSize(3);
    assertThat(backups.path(0).path("status").asText()).isEqualTo("complete");

    Program.Ended info = program.run("info", "shop", "3");
    assertThat(info.out()).contains("backup    3 of shop, complete", ".jpa, 32.8 kB", ".j01");
    assertThat(json(program.run("info", "shop", "3", "--json")).at("/backup/files")).hasSize(2);

    Program.Ended none = program.run("info", "shop", "99");
    assertThat(none.code()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("shop: not-found", "no such backup record");
    running.finish();
  }

  @Test
  void nothing_is_deleted_without_a_terminal_unless_that_is_said() throws Exception {
    shop.pastBackups(2);

    Program.Ended asked = program.run("delete", "shop", "1");
    assertThat(asked.code()).isEqualTo(ExitCode.USAGE);
    assertThat(asked.err()).contains("nothing was deleted", "--yes");
    assertThat(shop.records()).hasSize(2);

    assertThat(program.run("delete", "shop", "1", "--yes").out())
        .isEqualTo("shop: deleted record and files of backup 1.\n");
    assertThat(shop.records()).hasSize(1);

    JsonNode deleted = json(program.run("delete-files", "shop", "2", "--yes", "--json"));
    assertThat(deleted.at("/deleted/files")).hasSize(1);
    assertThat(shop.records().get(0).path("meta").asText()).isEqualTo("obsolete");
    assertThat(program.run("list", "shop").out()).contains("complete, files gone");

    Program.Ended again = program.run("delete", "shop", "1", "--yes");
    assertThat(again.code()).isEqualTo(ExitCode.FAILED);
    assertThat(again.err()).contains("not-found");
    assertThat(shop.requests("delete")).hasSize(1);
  }

  @Test
  void what_is_frozen_or_running_stays_and_what_the_site_only_says_is_not_believed()
      throws Exception {
    shop.foreignBackup("backend").finish();
    ForeignBackup frozen = shop.foreignBackup("backend").frozen();
    frozen.finish();
    ForeignBackup running = shop.foreignBackup("backend");

    assertThat(program.run("delete", "shop", "" + frozen.id(), "--yes").err()).contains("frozen");
    assertThat(program.run("delete", "shop", "" + running.id(), "--yes").err())
        .contains("says that its backup runs");
    assertThat(shop.requests("delete")).isEmpty();

    shop.fault(
        Fault.on("delete").answer(200, "application/json", "{\"status\":200,\"data\":true}"));
    Program.Ended liar = program.run("delete", "shop", "1", "--yes");
    assertThat(liar.code()).isEqualTo(ExitCode.FAILED);
    assertThat(liar.err()).contains("it is still there");

    // done, but its answer is lost: the look afterwards tells
    shop.fault(Fault.on("deleteFiles").answerLost());
    assertThat(program.run("delete-files", "shop", "1", "--yes").code()).isZero();
    assertThat(shop.requests("deleteFiles")).hasSize(1);
    running.finish();
  }

  @Test
  void nothing_is_changed_by_a_call_that_a_redirect_would_empty() throws Exception {
    shop.pastBackups(1);
    Path file = home.resolve("emptied.json");
    program.run("export-profile", "shop", "1", "--to", file.toString());
    for (String method : List.of("delete", "deleteFiles", "importConfiguration")) {
      shop.fault(Fault.on(method).redirect(303, shop.url().toString()));
    }

    List<Program.Ended> ended =
        List.of(
            program.run("delete", "shop", "1", "--yes"),
            program.run("delete-files", "shop", "1", "--yes"),
            program.run("import-profile", "shop", file.toString()));

    assertThat(ended)
        .allSatisfy(each -> assertThat(each.code()).isEqualTo(ExitCode.FAILED))
        .allSatisfy(
            each ->
                assertThat(each.err())
                    .contains("shop: configuration: The redirect from ", "with HTTP 303"));
    assertThat(shop.requests()).allMatch(each -> each.verb().equals("POST"));
    assertThat(shop.records()).hasSize(1);
  }

  @Test
  void a_profile_goes_from_site_to_site() throws Exception {
    Path file = home.resolve("profile.json");
    assertThat(program.run("export-profile", "shop", "1", "--to", file.toString()).out())
        .contains("profile 1 (Everything) is in " + file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(program.run("export-profile", "shop", "1").out()).isEqualTo(Files.readString(file));
    assertThat(program.run("export-profile", "shop", "1", "--to", file.toString()).code())
        .isEqualTo(ExitCode.USAGE);

    Program.Ended imported = program.run("import-profile", "shop", file.toString());
    assertThat(imported.out()).contains("imported as profile 8 (Everything)");
    assertThat(imported.code()).isZero();

    Program.Ended none = program.run("export-profile", "shop", "99");
    assertThat(none.code()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("not-found", "no profile 99");
  }

  @Test
  void there_is_no_profile_before_the_first() throws Exception {
    Program.Ended refused = program.run("export-profile", "shop", "0");

    assertThat(refused.code()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("the number of a profile, from 1", "'profiles shop'");
    assertThat(shop.requests()).isEmpty();
  }

  @Test
  void a_profile_that_is_stored_damaged_is_no_success() throws Exception {
    SimulatedSite blog = server.wordpress("blog").secret(RunningProduct.SECRET);
    program.site("blog", blog.address());
    Path file = home.resolve("profile.json");
    program.run("export-profile", "shop", "1", "--to", file.toString());

    Program.Ended imported = program.run("import-profile", "blog", file.toString());

    assertThat(imported.code()).isEqualTo(ExitCode.FAILED);
    assertThat(imported.err()).contains("verification", "stored the profile damaged, as number 2");
    assertThat(blog.requests("importConfiguration")).hasSize(1);
  }

  @Test
  void a_file_that_is_no_profile_is_not_sent() throws Exception {
    for (String text : new String[] {"", "[]", "{\"description\":\"x\"}", "not json"}) {
      Path file = Files.writeString(home.resolve("x.json"), text);
      Program.Ended ended = program.run("import-profile", "shop", file.toString());
      assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
      assertThat(ended.err()).contains("x.json: is no");
    }
    assertThat(program.run("import-profile", "shop", "gone.json").err()).contains("not readable");
    assertThat(shop.requests()).isEmpty();
  }
}
