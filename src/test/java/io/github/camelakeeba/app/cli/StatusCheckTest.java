package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.outbox.OutboxRows;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.pause.SitePauses;
import io.github.camelakeeba.store.Database;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code status --check}: one line, and a code that a monitoring system takes as it is. */
class StatusCheckTest {
  private static final String SECRET_PATH = "/services/T0PS3CR3T/path";

  @TempDir Path home;
  private Program program;

  @BeforeEach
  void configure() throws Exception {
    URI nowhere = URI.create("http://127.0.0.1:9/remote.php");
    program =
        new Program(home)
            .site("shop", nowhere, "overdueAfter: 2d", "tags: [customers]")
            .site("wiki", nowhere, "tags: [own]")
            .site("off", nowhere, "enabled: false", "tags: [own]")
            .more(
                """
                channels:
                  chat: {type: webhook, url: "http://127.0.0.1:9%s"}
                notify: []
                """
                    .formatted(SECRET_PATH));
  }

  private Database store() {
    return Database.file(home.resolve("data"), 2);
  }

  /** The site with its last good backup so many hours ago, and failed backups since. */
  private void site(Database database, String name, int hours, int failures) {
    database
        .jdbc()
        .update(
            "insert into standing (site, watched, entered_at, last_good_at, failures)"
                + " values (?, ?, ?, ?, ?)",
            name,
            !name.equals("off"),
            OffsetDateTime.now().minusDays(90),
            OffsetDateTime.now().minusHours(hours),
            failures);
  }

  /** How the site's newest run ended. */
  private void ended(Database database, String site, String state) {
    database
        .jdbc()
        .update(
            "update standing set last_run = ?, last_state = ?, last_ended_at = current_timestamp"
                + " where site = ?",
            site + "-1",
            state,
            site);
  }

  private void paused(Database database, String site) {
    new SitePauses(database, Clock.systemUTC())
        .pause(site, new SitePause(Instant.now().minusSeconds(60), null, "moved", "cli"));
  }

  /** One line on stdout, and nothing else anywhere. */
  private void says(int code, String pattern, String... more) {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "status";
    arguments[1] = "--check";
    System.arraycopy(more, 0, arguments, 2, more.length);
    Program.Ended ended = program.run(arguments);
    assertThat(ended.out()).matches(pattern + "\\R").doesNotContain("T0PS3CR3T");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.code()).isEqualTo(code);
  }

  @Test
  void all_good_is_0_and_what_is_switched_off_does_not_count() {
    try (Database database = store()) {
      site(database, "shop", 22, 0);
      site(database, "wiki", 5, 0);
      site(database, "off", 900, 3);
    }
    says(
        0,
        "BACKUP OK - 2 sites, oldest good backup 22 h old, no serve is running"
            + " \\| sites=2 failed=0 missed=0 warning=0 never=0 paused=0 running=0 parked=0 nodes=0"
            + " oldest=7920\\ds");
  }

  @Test
  void a_paused_site_does_not_count() {
    try (Database database = store()) {
      site(database, "shop", 50, 0);
      site(database, "wiki", 5, 0);
      paused(database, "shop");
    }
    says(
        0,
        "BACKUP OK - 1 site, 1 paused, oldest good backup 5 h old, no serve is running"
            + " \\| sites=1 failed=0 missed=0 .* paused=1 .* oldest=1800\\ds");
  }

  @Test
  void a_site_without_any_backup_yet_is_said_and_no_alarm() {
    says(
        0,
        "BACKUP OK - 2 sites, 2 without a backup yet, no serve is running"
            + " \\| sites=2 .* never=2 .* nodes=0");
  }

  @Test
  void a_backup_with_warnings_or_a_parked_message_is_1() {
    try (Database database = store()) {
      site(database, "shop", 22, 0);
      ended(database, "shop", "warning");
    }
    says(1, "BACKUP WARNING - 2 sites, 1 warning \\(shop\\), .* warning=1 .*");
    says(0, "BACKUP OK - 1 site, .*", "wiki");
    try (Database database = store()) {
      site(database, "wiki", 5, 0);
      ended(database, "wiki", "completed");
      new OutboxRows(database.dataSource()).parked("chat", "c", "POST " + SECRET_PATH + ": 500");
    }
    says(1, "BACKUP WARNING - 1 site, 1 message parked \\(chat\\), .* parked=1 .*", "wiki");
  }

  @Test
  void a_site_that_failed_or_misses_a_backup_is_2_whatever_else_there_is() {
    try (Database database = store()) {
      site(database, "shop", 50, 0);
      site(database, "wiki", 2, 3);
      new OutboxRows(database.dataSource()).parked("chat", "c", "no");
    }
    says(
        2,
        "BACKUP CRITICAL - 2 sites, 1 missed \\(shop\\), 1 failed \\(wiki\\), 1 message parked"
            + " \\(chat\\), oldest good backup 2 d 2 h old, .*failed=1 missed=1 .*");
    says(2, "BACKUP CRITICAL - 1 site, 1 missed \\(shop\\), .*", "--tag", "customers");
    says(2, "BACKUP CRITICAL - 1 site, 1 failed \\(wiki\\), .*", "--tag", "own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--nix;         unknown option '--nix'; see 'camel-akeeba-backup status --help'",
        "--tag;         Expected parameter for option '--tag' .*",
        "--json;        --check prints one line: leave out --json",
        "nix;           there is no site 'nix'; config/sites.yaml has: shop, wiki, off",
        "--tag=nix;     no site has the tag 'nix'; there are: customers, own",
        "--log=|;       .*",
      })
  void a_wrong_usage_is_3(String argument, String reason) {
    says(3, "BACKUP UNKNOWN - " + reason.replace("?", "\\?") + "[^|]*", argument);
  }

  @Test
  void the_option_may_have_a_value() {
    Program.Ended ended = program.run("status", "--check=true", "--nix");
    assertThat(ended.out()).startsWith("BACKUP UNKNOWN - unknown option '--nix'");
    assertThat(ended.code()).isEqualTo(3);
  }

  @Test
  void a_wrong_configuration_is_3_in_one_line_without_a_secret() throws Exception {
    program.sites(
        """
        sites:
          shop: {url: "http://127.0.0.1:9/remote.php", secret: T0PS3CR3T, schedule: nightly, nix: 1}
        """);
    says(3, "BACKUP UNKNOWN - config/sites.yaml.*\\(and 1 more: 'check' lists all\\)");
    program.sites("sites: {}\n");
    says(3, "BACKUP UNKNOWN - config/sites.yaml has no site yet");
  }

  @Test
  void a_store_that_is_away_is_3() throws Exception {
    program.properties("backup.database.url = jdbc:postgresql://127.0.0.1:9/backups\n");
    says(3, "BACKUP UNKNOWN - .*the database can't be used.*");
  }
}
