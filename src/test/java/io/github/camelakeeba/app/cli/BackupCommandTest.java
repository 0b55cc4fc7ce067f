package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class BackupCommandTest {
  @TempDir Path home;
  private final SimulatedServer server = SimulatedServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private SimulatedSite site(String name) {
    return server.joomla(name).secret(RunningProduct.SECRET).steps(5);
  }

  private static void valid(String event) throws Exception {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("docs/reference/event.schema.json")));
    assertThat(schema.validate(event, InputFormat.JSON)).isEmpty();
  }

  @Test
  void a_completed_backup_shows_plain_lines_and_a_summary_and_ends_with_0() throws Exception {
    Program program = new Program(home).site("shop", site("shop").url());

    Program.Ended backup = program.run("backup", "shop");

    assertThat(backup.code()).isEqualTo(ExitCode.COMPLETED);
    assertThat(backup.out()).startsWith("completed: shop\n").contains("archive  ", "size     ");
    assertThat(backup.err().lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).startsWith("shop  ").contains(" %  "));
  }

  @Test
  void warnings_end_with_3() throws Exception {
    SimulatedSite shop = site("shop").warnings(3, "Unreadable file /srv/site/a.log");

    Program.Ended backup = new Program(home).site("shop", shop.url()).run("backup", "shop");

    assertThat(backup.code()).isEqualTo(ExitCode.WARNING);
    assertThat(backup.out()).startsWith("warning: shop").contains("Unreadable file");
  }

  @Test
  void a_failure_ends_with_1_and_json_is_the_event_and_nothing_else() throws Exception {
    SimulatedSite shop = site("shop").failAt(3, "The disk is full");

    Program.Ended backup =
        new Program(home).site("shop", shop.url()).run("backup", "shop", "--json");

    assertThat(backup.code()).isEqualTo(ExitCode.FAILED);
    assertThat(backup.out().lines()).hasSize(1);
    valid(backup.out());
    JsonNode event = new ObjectMapper().readTree(backup.out());
    assertThat(event.path("type").asText()).isEqualTo("io.github.camelakeeba.backup.failed.v1");
    assertThat(event.at("/data/error/kind").asText()).isEqualTo("backup-error");
    assertThat(event.at("/data/trigger").asText()).isEqualTo("command");
  }

  @Test
  void a_completed_backup_with_json_is_the_event_and_nothing_else() throws Exception {
    Program.Ended backup =
        new Program(home).site("shop", site("shop").url()).run("backup", "shop", "--json");

    assertThat(backup.code()).isZero();
    assertThat(backup.out().lines()).hasSize(1);
    valid(backup.out());
  }

  @Test
  void an_unknown_site_stops_everything_before_it_begins() throws Exception {
    SimulatedSite shop = site("shop");
    Program program = new Program(home).site("shop", shop.url());

    Program.Ended backup = program.run("backup", "shop", "blog");

    assertThat(backup.code()).isEqualTo(ExitCode.USAGE);
    assertThat(backup.out()).isEmpty();
    assertThat(backup.errLines())
        .containsExactly("there is no site 'blog'; config/sites.yaml has: shop");
    assertThat(shop.requests()).isEmpty();
  }

  @Test
  void a_switched_off_site_is_refused() throws Exception {
    Program.Ended backup =
        new Program(home).site("shop", site("shop").url(), "enabled: false").run("backup", "shop");

    assertThat(backup.code()).isEqualTo(ExitCode.USAGE);
    assertThat(backup.errLines()).containsExactly("the site shop is switched off (enabled: false)");
  }

  @Test
  void no_site_and_an_unknown_tag_say_what_there_is() throws Exception {
    Program program = new Program(home).site("shop", site("shop").url(), "tags: [a]");

    Program.Ended none = program.run("backup");
    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    assertThat(none.errLines())
        .containsExactly("name a site, or say --all; config/sites.yaml has: shop");
    Program.Ended tag = program.run("backup", "--tag", "b");
    assertThat(tag.code()).isEqualTo(ExitCode.USAGE);
    assertThat(tag.errLines()).containsExactly("no enabled site has the tag 'b'; there are: a");
  }

  @Test
  void all_takes_every_enabled_site_and_the_worst_end_is_the_exit_code() throws Exception {
    SimulatedSite off = site("off");
    Program program =
        new Program(home)
            .site("shop", site("shop").url())
            .site("blog", site("blog").warnings(2, "careful").url(), "tags: [soft]")
            .site("wiki", site("wiki").failAt(2, "The disk is full").url(), "tags: [soft, hard]")
            .site("off", off.url(), "enabled: false")
            .more("limits: {perHost: 5}\n");

    Program.Ended all = program.run("backup", "--all");
    assertThat(all.code()).isEqualTo(ExitCode.FAILED);
    assertThat(all.out()).contains("completed: shop", "warning: blog", "failed: wiki");
    assertThat(all.out().lines().toList())
        .anyMatch(line -> line.matches("SITE +STATE +SIZE +TOOK +WHY"))
        .anyMatch(line -> line.matches("shop +completed +65.5 kB .*"))
        .anyMatch(line -> line.matches("blog +warning .* 1 warning"))
        .anyMatch(line -> line.matches("wiki +failed +- .* backup-error"));
    assertThat(off.requests()).isEmpty();

    Program.Ended soft = program.run("backup", "--tag", "soft", "--json");
    assertThat(soft.code()).isEqualTo(ExitCode.FAILED);
    JsonNode outcomes = new ObjectMapper().readTree(soft.out()).path("outcomes");
    assertThat(outcomes.findValuesAsText("site")).containsExactly("blog", "wiki");

    Program.Ended failed = program.run("backup", "--failed", "--json");
    assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
    assertThat(new ObjectMapper().readTree(failed.out()).at("/data/site").asText())
        .isEqualTo("wiki");
    Program.Ended none = program.run("backup", "shop", "blog", "--failed");
    assertThat(none.code()).isZero();
    assertThat(none.out()).isEqualTo("The last backup of none of these sites has failed.\n");
    assertThat(program.run("backup", "--failed", "--tag", "none").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void profile_description_comment_and_overrides_arrive_at_the_site() throws Exception {
    SimulatedSite shop = site("shop").profiles(1, "One", 2, "Two");

    Program.Ended backup =
        new Program(home)
            .site("shop", shop.url(), "overrides: {a.b: 1}")
            .run(
                "backup",
                "shop",
                "--profile=2",
                "--description=before {profile} of {site}",
                "--comment=<b>ask Eve & Bob</b>",
                "--override=akeeba.tuning.max_exec_time=10",
                "--override=x.y=a=b");

    assertThat(backup.code()).isZero();
    Map<String, String> sent = shop.requests("startBackup").get(0).params();
    assertThat(sent)
        .containsEntry("profile", "2")
        .containsEntry("description", "before 2 of shop")
        .containsEntry("comment", "<b>ask Eve & Bob</b>")
        .containsEntry("overrides[a.b]", "1")
        .containsEntry("overrides[akeeba.tuning.max_exec_time]", "10")
        .containsEntry("overrides[x.y]", "a=b");
  }

  @Test
  void a_profile_that_is_no_number_of_a_profile_is_refused() throws Exception {
    Program.Ended backup =
        new Program(home).site("shop", site("shop").url()).run("backup", "shop", "--profile=0");

    assertThat(backup.code()).isEqualTo(ExitCode.USAGE);
    assertThat(backup.errLines()).hasSize(1);
  }

  @Test
  void a_database_that_cannot_be_reached_is_one_line() throws Exception {
    Program.Ended backup =
        new Program(home)
            .site("shop", site("shop").url())
            .properties("backup.database.url = jdbc:postgresql://127.0.0.1:9/x\n")
            .run("backup", "shop");

    assertThat(backup.code()).isEqualTo(ExitCode.USAGE);
    assertThat(backup.errLines())
        .singleElement()
        .asString()
        .startsWith(
            "config/application.properties: backup.database.url: the database can't be used"
                + " (Connection refused)")
        .endsWith("; check that it runs, its address, user and password");
  }
}
