package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.config.source.Sources;
import io.github.camelakeeba.config.yaml.SitesLoader;
import io.github.camelakeeba.service.Home;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class CheckCommandTest {
  private static final URI SHOP =
      URI.create("https://shop.example.com/index.php?option=com_akeebabackup&view=api&format=raw");

  @TempDir Path home;

  private Program good() throws Exception {
    return new Program(home)
        .site("shop", SHOP, "schedule: \"0 30 2 * * ?\"", "zone: Europe/Athens", "profile: 2")
        .site("old", URI.create("https://old.example.com/remote.php"), "enabled: false")
        .more(
            """
            channels:
              ops: {type: mail, smtp: "smtp://127.0.0.1:25", from: a@example.com, to: [ops@example.com]}
              hook: {type: webhook, url: "https://erp.example.com/in"}
            notify:
              - {on: [warning, failed], to: ops}
              - {on: failed, sites: [shop], to: hook}
            """);
  }

  @Test
  void the_shipped_configuration_is_good() throws Exception {
    Files.createDirectory(home.resolve("config"));
    for (String name : new String[] {"sites.yaml", "application.properties"}) {
      Files.copy(Path.of("config").resolve(name), home.resolve("config").resolve(name));
    }

    Program.Ended check = new Program(home).run("check");

    assertThat(check.code()).isZero();
    assertThat(check.err()).isEmpty();
    assertThat(check.out()).contains("The configuration is good. Sites: 0", "there is no site yet");
  }

  @Test
  void an_address_of_the_retired_api_is_a_warning() throws Exception {
    URI pasted = URI.create("https://shop.example.com/j/index.php?option=com_akeeba&view=json");
    Program.Ended check = new Program(home).site("shop", pasted).run("check");

    assertThat(check.code()).isZero();
    assertThat(check.out())
        .contains(
            "sites.shop.url: an address of the retired API v1; API v2 or v3 is searched for below"
                + " https://shop.example.com/j/; write that address");
  }

  @Test
  void a_source_that_is_away_is_a_warning_and_without_an_earlier_list_a_problem() throws Exception {
    Program program =
        new Program(home).sites("sources: [{from: sites.csv, template: {secret: word-of-all}}]\n");
    Program.Ended first = program.run("check");
    assertThat(first.code()).isEqualTo(ExitCode.USAGE);
    assertThat(first.err()).contains("config/sites.yaml:1: sources[0].from: there is no such file");

    Path list =
        Files.writeString(home.resolve("config/sites.csv"), "name,url\nshop," + SHOP + "\n");
    Sources sources = Sources.kept(new Home(home).sources());
    new SitesLoader(template -> null, sources)
        .load(home.resolve("config/sites.yaml"), text -> text);
    sources.taken();
    Files.delete(list);
    Program.Ended check = program.run("check");

    assertThat(check.code()).isZero();
    assertThat(check.out())
        .contains("Sites: 1,")
        .containsPattern(
            "warning: config/sites.yaml:1: sources\\[0]: there is no such file; .*; its sites are"
                + " those of 20.*Z, the last time it was read");
  }

  @Test
  void a_template_that_does_not_work_and_one_that_nobody_uses_are_warnings() throws Exception {
    Path templates = Files.createDirectories(home.resolve("config/templates"));
    Files.writeString(templates.resolve("subject-failed.ftl"), "one\n${nosuchfact}");
    Files.writeString(templates.resolve("html-faild.ftlh"), "x");

    Program.Ended check = good().run("check");

    assertThat(check.code()).isZero();
    assertThat(check.out())
        .containsPattern("warning: config/templates/subject-failed.ftl: line 2: .*nosuchfact")
        .contains(
            "warning: config/templates/html-faild.ftlh: no message uses it; did you mean html-failed.ftlh?");
  }

  private Path copyRoutes() throws Exception {
    Path routes = Files.createDirectories(home.resolve("routes"));
    try (Stream<Path> shipped = Files.list(Path.of("routes"))) {
      for (Path route : shipped.filter(Files::isRegularFile).toList()) {
        Files.copy(route, routes.resolve(route.getFileName()));
      }
    }
    return routes;
  }

  @Test
  void copies_of_the_shipped_routes_that_are_as_they_were_are_no_warning() throws Exception {
    Path watchdog = copyRoutes().resolve("watchdog.camel.yaml");
    // as an editor on Windows leaves it
    Files.writeString(watchdog, Files.readString(watchdog).replace("\n", "\r\n"));

    Program.Ended check = good().run("check");

    assertThat(check.code()).isZero();
    assertThat(check.out()).doesNotContain("routes/", "Routes of your own");
  }

  @Test
  void changed_and_left_over_copies_of_shipped_routes_are_warnings_and_own_routes_are_named()
      throws Exception {
    Path routes = copyRoutes();
    Path watchdog = routes.resolve("watchdog.camel.yaml");
    Files.writeString(watchdog, Files.readString(watchdog) + "# mine\n");
    String own =
        "- route:\n    id: %s\n    from:\n      uri: direct:%s\n      steps: [log: {message: hi}]\n";
    Files.writeString(routes.resolve("old.camel.yaml"), own.formatted("old", "old"));
    Files.createDirectory(routes.resolve("local"));
    Files.writeString(routes.resolve("local/mine.camel.yaml"), own.formatted("mine", "mine"));

    Program.Ended check = good().run("check");

    assertThat(check.code()).isZero();
    assertThat(check.out())
        .contains("Routes of your own: routes/local/mine.camel.yaml.")
        .contains("warning: routes/: not as this version ships them: watchdog.camel.yaml;")
        .contains("warning: routes/: not of this version: old.camel.yaml;")
        .doesNotContain("missing: ");
  }

  @Test
  void routes_of_another_version_that_stop_the_start_are_named() throws Exception {
    Path watchdog = copyRoutes().resolve("watchdog.camel.yaml");
    Files.writeString(
        watchdog,
        Files.readString(watchdog).replaceAll("method: (?=\\w)", "method: ofAnOlderVersion"));
    Files.delete(watchdog.resolveSibling("schedule.camel.yaml"));

    Program.Ended check = good().run("check");

    assertThat(check.code()).isEqualTo(ExitCode.USAGE);
    assertThat(check.err())
        .contains("a route can't be made: ")
        .contains("routes/: not as this version ships them: watchdog.camel.yaml;")
        .contains("routes/: missing: schedule.camel.yaml;");
  }

  @Test
  void says_when_what_is_backed_up_and_who_is_told() throws Exception {
    Program.Ended check = good().run("check", "shop", "old");

    assertThat(check.code()).isZero();
    assertThat(check.err()).isEmpty();
    assertThat(check.out())
        .contains("The configuration is good. Sites: 2, channels: 2, rules: 2.")
        .contains("schedule  at 02:30 every day, Europe/Athens  [0 30 2 * * ?]")
        .containsPattern("next      \\w{3} \\d{4}-\\d\\d-\\d\\d 02:30:00 [+]0[23]:00")
        .containsPattern("warning +-> ops")
        .containsPattern("failed +-> ops, hook")
        .containsPattern("completed +nobody is notified")
        .contains("old  (switched off)");
    assertThat(home.resolve("data")).doesNotExist();
  }

  @Test
  void is_one_line_a_site_and_all_of_those_that_are_named() throws Exception {
    Program program = good();
    Program.Ended check = program.run("check");

    assertThat(check.code()).isZero();
    assertThat(check.out())
        .containsPattern("SITE +SCHEDULE +NEXT +TOLD OF FAILURES\n")
        .containsPattern(
            "\nshop  at 02:30 every day +\\w{3} \\d{4}-\\d\\d-\\d\\d 02:30 [+]0[23]:00 +failed: ops, hook; missed: nobody\n"
                + "old   on events only +switched off +failed: ops; missed: nobody\n")
        .contains("More of a site: check SITE")
        .doesNotContain("nobody is notified");
    assertThat(program.run("check", "old").out())
        .contains("old  (switched off)", "old.example.com")
        .doesNotContain("shop.example.com", "SCHEDULE");
    JsonNode plan = new ObjectMapper().readTree(program.run("check", "old", "--json").out());
    assertThat(plan.path("sites")).hasSize(1);
    Program.Ended unknown = program.run("check", "shpo");
    assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.errLines())
        .containsExactly("there is no site 'shpo'; config/sites.yaml has: shop, old");
  }

  @Test
  void a_thousand_sites_are_a_thousand_lines_that_fit_a_screen() throws Exception {
    Program program = new Program(home);
    for (int i = 0; i < 1000; i++) {
      URI url = URI.create("https://site%s.example.com/".formatted(i));
      program.site("site" + i, url, "schedule: every monday at %s:00".formatted(i % 24));
    }
    program.site(
        "odd", SHOP, "schedule: \"5,17 1,9,20,33,48 22-4 1-9,11-20 JAN-MAR,OCT ? 2026-2098\"");

    Program.Ended check = program.run("check");

    assertThat(check.code()).isZero();
    List<String> lines = check.out().lines().toList();
    assertThat(lines).filteredOn(line -> line.startsWith("site")).hasSize(1000);
    assertThat(lines).hasSizeLessThan(1012);
    assertThat(lines)
        .filteredOn(line -> !line.startsWith("warning: "))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(121));
  }

  @Test
  void json_is_one_object_on_stdout_and_nothing_else() throws Exception {
    Program.Ended check = good().run("check", "--json");

    assertThat(check.code()).isZero();
    assertThat(check.err()).isEmpty();
    assertThat(check.out().lines()).hasSize(1);
    JsonNode shop = new ObjectMapper().readTree(check.out()).at("/sites/0");
    assertThat(shop.path("site").asText()).isEqualTo("shop");
    assertThat(shop.path("next")).hasSize(3);
    assertThat(shop.at("/told/failed").toString()).isEqualTo("[\"ops\",\"hook\"]");
  }

  @Test
  void reports_are_said_with_when_they_are_due_next() throws Exception {
    Program reporting =
        good()
            .more(
                """
                reports:
                  - {to: [ops, hook], every: monday at 7:00, zone: Europe/Athens}
                  - {to: ops, every: "0 0 7 * * ? 2020", tags: customers, zone: UTC}
                """);
    Program.Ended check = reporting.run("check");

    assertThat(check.code()).isZero();
    assertThat(check.out())
        .containsPattern(
            "Report of all sites to ops, hook: at 07:00 every Monday, Europe/Athens;"
                + " next Mon \\d{4}-\\d\\d-\\d\\d 07:00:00 [+]0[23]:00\\.")
        .contains(
            "Report of sites of customers to ops: at 07:00 every day in 2020, UTC; next never.",
            "warning: reports[1]: is about no site",
            "warning: reports[1].every: never fires again");
    JsonNode report =
        new ObjectMapper().readTree(reporting.run("check", "--json").out()).at("/reports/0");
    assertThat(report.path("every").asText()).isEqualTo("0 0 7 ? * MON");
    assertThat(report.path("everyInWords").asText()).isEqualTo("at 07:00 every Monday");
    assertThat(report.path("next").asText()).startsWith("Mon ");
  }

  private Program ruled() throws Exception {
    return good()
        .more(
            """
              - {on: failed, to: hook, sites: shop, after: 3, kinds: [unreachable, timeout], remind: 24h}
              - {on: [completed, failed], to: ops, digest: 24h, quiet: "22:00-07:00"}
              - {on: [missed, recovered], to: [ops, hook], after: 11}
            """);
  }

  @Test
  void says_under_which_conditions_somebody_is_told() throws Exception {
    Program.Ended check = ruled().run("check", "shop", "old");

    assertThat(check.code()).isZero();
    assertThat(check.out())
        .contains("  completed -> ops (digest 24h; quiet 22:00-07:00)\n")
        .contains(
            "  failed    -> ops (always / digest 24h), hook (always / from the 3rd failure in a row;"
                + " only timeout, unreachable; again every 24h)\n")
        .contains("  missed    -> ops, hook  [missed after 48h]\n")
        .contains("  missed    never: switched off\n")
        .contains("  recovered -> ops (after 11 failures in a row, or a missed one), hook (after");
  }

  @Test
  void a_watched_site_says_who_backs_it_up_and_warns_where_nobody_hears_of_it() throws Exception {
    Program.Ended check =
        new Program(home)
            .site("theirs", SHOP, "watch: true", "overdueAfter: 26h")
            .more("channels: {}\nnotify: []\n")
            .run("check", "theirs");

    assertThat(check.out())
        .contains("  schedule  none: others back it up\n")
        .contains("  watched   backups of other clients count, too; looked for each hour\n")
        .contains("  missed    nobody is notified  [missed after 26h]\n");
  }

  @Test
  void a_site_on_events_only_is_missed_when_it_says_so() throws Exception {
    Program.Ended check =
        new Program(home)
            .site("event", SHOP)
            .site("daily", SHOP, "overdueAfter: 26h")
            .more("channels: {}\nnotify: []\n")
            .run("check", "event", "daily");

    assertThat(check.out())
        .contains(
            "  missed    nobody is notified  [only where its last good backup is gone: on events only,"
                + " no overdueAfter]\n")
        .contains("  missed    nobody is notified  [missed after 26h]\n")
        .doesNotContain("this version");
  }

  @Test
  void the_heartbeat_is_shown() throws Exception {
    Program program =
        new Program(home)
            .site("shop", SHOP)
            .more(
                """
                channels:
                  ping: {type: healthchecks, url: "https://hc.example.com/8b1f7e0c-uuid"}
                heartbeat: {channel: ping, every: 5m}
                """);

    assertThat(program.run("check").out())
        .contains("Heartbeat: channel ping hears every 5m that this service does its work.");
    assertThat(new ObjectMapper().readTree(program.run("check", "--json").out()).path("heartbeat"))
        .isEqualTo(new ObjectMapper().readTree("{\"channel\":\"ping\",\"every\":\"5m\"}"));
  }

  @Test
  void json_tells_the_rules_beside_the_names() throws Exception {
    JsonNode shop =
        new ObjectMapper().readTree(ruled().run("check", "--json").out()).at("/sites/0");

    assertThat(shop.at("/told/failed").toString()).isEqualTo("[\"ops\",\"hook\"]");
    assertThat(shop.path("overdueAfter").asText()).isEqualTo("48h");
    assertThat(shop.at("/rules/failed/2").toString())
        .isEqualTo(
            "{\"to\":[\"hook\"],\"after\":3,\"kinds\":[\"timeout\",\"unreachable\"],\"remind\":\"24h\"}");
    assertThat(shop.at("/rules/failed/3").toString())
        .as("what failed does not wait for the end of quiet hours")
        .isEqualTo("{\"to\":[\"ops\"],\"digest\":\"24h\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url: x@y: z              | not YAML",
        "scedule: '0 0 3 * * ?'   | unknown key",
        "schedule: '0 0 3 *'      | it has 4 fields",
        "zone: Europe/Athen       | did you mean 'Europe/Athens'",
        "secret: ''               | secret",
        "secret: '{{env:NOPE_7}}' | the environment variable NOPE_7 is not set",
        "secretFile: nowhere      | secretFile",
        "profile: one             | must be a whole number",
        "ca: config/sites.yaml    | is not a file with PEM certificates",
      })
  void a_wrong_line_is_one_line_that_names_file_line_and_key(String line, String what)
      throws Exception {
    Program program = new Program(home);
    program.sites(
        "sites:\n  shop:\n    url: %s\n%s    %s\n"
            .formatted(SHOP, line.startsWith("secret") ? "" : "    secret: abcdefgh1234\n", line));

    Program.Ended check = program.run("check");

    assertThat(check.code()).isEqualTo(ExitCode.USAGE);
    assertThat(check.out()).isEmpty();
    assertThat(check.errLines()).hasSize(1);
    assertThat(check.err()).startsWith("config/sites.yaml:").contains(what);
  }

  @Test
  void a_missing_secret_and_all_other_problems_are_told_at_once() throws Exception {
    Program.Ended check =
        new Program(home)
            .sites(
                "sites:\n  shop:\n    url: %s\n    zone: Mars/Base\n    colour: red\n"
                    .formatted(SHOP))
            .run("check");

    assertThat(check.code()).isEqualTo(ExitCode.USAGE);
    assertThat(check.errLines()).hasSize(3);
    assertThat(check.err()).contains("'secret' is missing", "time zone", "unknown key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "backup.api.port = http            | backup.api.port: must be a whole number from 0 to",
        "backup.api.port = 70000           | backup.api.port: must be a whole number from 0 to",
        "backup.api.host = no such host    | backup.api.host: is no address of this machine",
        "backup.outbox.giveUpAfter = soon  | backup.outbox.giveUpAfter: ",
        "backup.metrics.sites = all        | backup.metrics.sites: must be a whole number from 0",
        "backup.traces = yes               | backup.traces: must be true or false",
        "backup.traces.endpoint = tempo    | backup.traces.endpoint: must be an address such as",
        "backup.database.user = {{env:NO}} | backup.database.user: a property function",
      })
  void a_wrong_setting_is_one_line_that_names_the_key(String line, String what) throws Exception {
    Program.Ended check =
        good().properties("backup.api.token = abcdefgh1234\n" + line).run("check");

    assertThat(check.code()).isEqualTo(ExitCode.USAGE);
    assertThat(check.out()).isEmpty();
    assertThat(check.errLines()).hasSize(1);
    assertThat(check.err()).startsWith("config/application.properties: " + what);
  }

  @Test
  void a_home_without_configuration_is_told_apart() {
    Program.Ended check = new Program(home.resolve("nowhere")).run("check");

    assertThat(check.code()).isEqualTo(ExitCode.USAGE);
    assertThat(check.errLines())
        .containsExactly(
            "config/sites.yaml: no such file; --home names the directory that holds"
                + " config/sites.yaml");
  }

  @Test
  void a_broken_route_file_is_one_line_that_names_it() throws Exception {
    Program program = good();
    Files.createDirectory(home.resolve("routes"));
    try (var files = Files.list(Path.of("routes"))) {
      for (Path file : files.toList()) {
        Files.copy(file, home.resolve("routes").resolve(file.getFileName()));
      }
    }
    Files.writeString(
        home.resolve("routes/request.camel.yaml"), "- route:\n    id: request\n    form: {}\n");

    Program.Ended check = program.run("check");

    assertThat(check.code()).isEqualTo(ExitCode.USAGE);
    assertThat(check.errLines()).hasSize(1);
    assertThat(check.err()).contains("request.camel.yaml");
  }
}
