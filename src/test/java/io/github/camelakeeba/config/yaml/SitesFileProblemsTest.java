package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input gets one sentence: where, what, what is allowed. */
class SitesFileProblemsTest {
  private static final String SITE_KEYS =
      "allowed: url, secret, secretFile, token, tokenFile, schedule, zone, profile, description, comment, overrides,"
          + " host, stepTimeout, deadAfter, busyWait, download, onServer, retry, enabled, tags, proxy, ca,"
          + " maxDuration, overdueAfter, title, shrunk, archivePassword, archivePasswordFile, census, restoreTest, provedOverdueAfter,"
          + " watch, badge, badgeFile";
  private static final String GOOD =
      """
      sites:
        shop:
          url: https://shop.example.com/remote.php
          secret: hunter2hunter2
      """;

  @TempDir Path home;

  private List<String> problems(String yaml) throws Exception {
    return LoaderMessage.of(home, yaml, Map.of("GOOD", "3", "EMPTY", "", "LEAK", "leaked-value"));
  }

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(
            "shedule: \"0 30 2 * * ?\"",
            "shedule: unknown key; did you mean 'schedule'? " + SITE_KEYS),
        Arguments.of("colour: red", "colour: unknown key; " + SITE_KEYS),
        Arguments.of(
            "token: a-t\u00f6ken",
            "token: must be visible ASCII characters only, as Joomla shows the token"),
        Arguments.of(
            "download: {keep: 7}",
            "download: 'to' is missing in it; write a folder, or the URI of a Camel endpoint"),
        Arguments.of(
            "download: {to: x, keep: 0}", "download.keep: must be from 1 to 100000, not '0'"),
        Arguments.of(
            "download: {to: \"jms:queue:x\", keep: 7}",
            "download: nothing can be deleted at an endpoint of this kind; leave keep, keepDays,"
                + " keepWeekly and keepMonthly out, or write a folder, or an endpoint of file, ftp,"
                + " ftps, sftp or s3"),
        Arguments.of(
            "onServer: deleteFiles",
            "onServer: needs 'download': only what is downloaded may be deleted on the site"),
        Arguments.of(
            "onServer: delete",
            "onServer: unknown word 'delete'; allowed: keep, deleteFiles, deleteFilesUnread"),
        Arguments.of("profile: two", "profile: must be a whole number, not 'two'"),
        Arguments.of("profile: 0", "profile: must be from 1 to 2147483647, not '0'"),
        Arguments.of("profile:", "profile: has no value; write one, or leave the key out"),
        Arguments.of(
            "profile: \"{{env:LEAK}}\"", "profile: must be a whole number, not '{{env:LEAK}}'"),
        Arguments.of("enabled: maybe", "enabled: must be true or false, not 'maybe'"),
        Arguments.of("comment: 5", "comment: must be text; put it in quotes, not '5'"),
        Arguments.of("retry: 3", "retry: must be a mapping of keys, not '3'"),
        Arguments.of("download: a-secret-word", "download: must be a mapping of keys"),
        Arguments.of(
            "retry: {unreachable: 11}", "retry.unreachable: must be from 0 to 10, not '11'"),
        Arguments.of(
            "retry: {untrustd: 1}",
            "retry.untrustd: unknown key; did you mean 'untrusted'? allowed: unreachable, untrusted"),
        Arguments.of(
            "overrides: {a.b: [1]}", "overrides.a.b: must be text, a number, true or false"),
        Arguments.of(
            "badge: short",
            "badge: must have 16 to 128 of the characters a to z, A to Z, 0 to 9, _ and -; make"
                + " one with openssl rand -hex 16"),
        Arguments.of("tags: [\"\"]", "tags[0]: must not be empty"),
        Arguments.of("tags: {a: b}", "tags: must be text or a list of texts"),
        Arguments.of(
            "stepTimeout: 90",
            "stepTimeout: '90' is not a duration: write 90s, 15m, 6h, 2d or 1h30m"),
        Arguments.of(
            "stepTimeout: 2 hours",
            "stepTimeout: '2 hours' is not a duration: write 90s, 15m, 6h, 2d or 1h30m"),
        Arguments.of(
            "stepTimeout: 0s",
            "stepTimeout: must be longer than 0; write 90s, 15m, 6h, 2d or 1h30m"),
        Arguments.of("maxDuration: 4000d", "maxDuration: must be from 0s to 3650d"),
        Arguments.of(
            "overdueAfter: PTX",
            "overdueAfter: 'PTX' is not a duration: write 90s, 15m, 6h, 2d or 1h30m"),
        Arguments.of(
            "restoreTest: {every: 30d}",
            "restoreTest: 'database' is missing in it; write the JDBC URL of a MariaDB server, such as"
                + " jdbc:mariadb://db.example.com:3306, or 'embedded'"),
        Arguments.of(
            "restoreTest: {database: \"jdbc:postgresql://db\"}",
            "restoreTest.database: must be the JDBC URL of a MariaDB server, such as"
                + " jdbc:mariadb://db.example.com:3306, or 'embedded'"),
        Arguments.of(
            "restoreTest: {database: embedded, every: monthly}",
            "restoreTest.every: 'monthly' is not a duration: write 90s, 15m, 6h, 2d or 1h30m"),
        Arguments.of(
            "provedOverdueAfter: 0s",
            "provedOverdueAfter: must be longer than 0; write 90s, 15m, 6h, 2d or 1h30m"),
        Arguments.of("watch: yes please", "watch: must be true or false, not 'yes please'"),
        Arguments.of(
            "download: {to: x, verify: {every: 0d}}",
            "download.verify.every: must be longer than 0; write 90s, 15m, 6h, 2d or 1h30m"),
        Arguments.of("shrunk: 101%", "shrunk: must be a percentage from 0% to 100%"),
        Arguments.of("shrunk: half", "shrunk: must be a percentage from 0% to 100%"),
        Arguments.of(
            "zone: Europe/Athen",
            "zone: 'Europe/Athen' is not a time zone; did you mean 'Europe/Athens'?"),
        Arguments.of(
            "zone: \"+02:00\"",
            "zone: '+02:00' is not a time zone; write a name such as Europe/Athens or UTC"),
        Arguments.of(
            "schedule: \"30 2 * * 8\"",
            "schedule: '30 2 * * 8' is not a schedule: '8' is no day of week: write 0 to 7, sun to"
                + " sat, a range 1-5, a step */2, or a list of these with commas"),
        Arguments.of(
            "schedule: \"0 30 2 * * *\"",
            "schedule: '0 30 2 * * *' is not a Quartz cron expression; write \"0 30 2 * * ?\""),
        Arguments.of(
            "schedule: \"0 30 2 ? * 0\"",
            "schedule: '0 30 2 ? * 0' is not a Quartz cron expression; write \"0 30 2 ? * SUN\""),
        Arguments.of(
            "schedule: \"0 30 2 * * MON\"",
            "schedule: '0 30 2 * * MON' is not a Quartz cron expression; write"
                + " \"0 30 2 ? * MON\""),
        Arguments.of("title: \"\"", "title: must have from 1 to 100 characters"),
        Arguments.of(
            "schedule: \"0 61 2 * * ?\"",
            "schedule: '0 61 2 * * ?' is not a Quartz cron expression (Minute and Second values must"
                + " be between 0 and 59): write second, minute, hour, day of month, month, day of"
                + " week, with ? for one of the two days, such as \"0 30 2 * * ?\" for 02:30 each"
                + " day"),
        Arguments.of(
            "schedule: \"{{env:LEAK}}\"",
            "schedule: '{{env:LEAK}}' is not a schedule; write \"daily at 02:30\", \"every"
                + " monday and friday at 3:00\", \"weekdays at 22:00\", \"every 6 hours\","
                + " \"monthly on the last day at 3:00\", \"@daily\", five fields of cron, or Quartz's"
                + " six"),
        Arguments.of(
            "schedule: nightly",
            "schedule: 'nightly' is not a schedule: it has no time of day; did you mean \"nightly at"
                + " 02:00\"?"),
        Arguments.of("secretFile: x", "secretFile: is set beside 'secret'; keep one of the two"),
        Arguments.of("proxy: https://proxy:3128", "proxy: must begin with http:// and a host"),
        Arguments.of(
            "proxy: http://proxy", "proxy: must be http://host:port, with the port and no path"),
        Arguments.of(
            "proxy: http://u:hunter3@proxy:3128",
            "proxy: must not hold user:password@; not supported by this version"),
        Arguments.of(
            "ca: none.pem",
            "ca: 'none.pem' is not readable: no such file; a relative name starts at the home"
                + " directory"),
        Arguments.of(
            "ca: config/sites.yaml", "ca: 'config/sites.yaml' is not a file with PEM certificates"),
        Arguments.of(
            "host: \"\"", "host: must not be empty; leave the key out for the host in url"),
        Arguments.of(
            "description: \"{{env:NOT_THERE}}\"",
            "description: the environment variable NOT_THERE is not set"),
        Arguments.of(
            "description: \"{{env:GOOD}} {{sys:not.there}}\"",
            "description: the system property not.there is not set"),
        Arguments.of(
            "description: \"{{NOT_THERE}}\"",
            "description: {{NOT_THERE}} cannot be resolved; is it set in"
                + " config/application.properties, or env: forgotten?"),
        Arguments.of(
            "comment: !secret x", "comment: a value that begins with ! must be in quotes"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void a_wrong_site_key_is_one_line_with_its_place(String line, String sentence) throws Exception {
    assertThat(problems(GOOD + "    " + line + "\n"))
        .containsExactly("config/sites.yaml:5: sites.shop." + sentence);
  }

  static Stream<Arguments> urls() {
    String host = "has no valid host or port";
    return Stream.of(
        Arguments.of(
            "ftp://x.example/remote.php", "must begin with http:// or https:// and a host"),
        Arguments.of(
            "me:hunter3@x.example",
            "must be a site's address, such as https://shop.example.com or shop.example.com/blog"),
        Arguments.of(
            "https://x.example/api/v3/akeebabackup",
            "is an endpoint of API v3, which takes a Joomla API token; write 'token'"),
        Arguments.of("https:///remote.php", host),
        Arguments.of("https://my_host/remote.php", host),
        Arguments.of("https://x.example:99999/remote.php", host),
        Arguments.of(
            "https://x.example/re mote.php",
            "must be a valid address; special characters percent-encoded, such as %20 for a space"),
        Arguments.of(
            "https://hunter3@x.example/remote.php",
            "must have user:password before the @, both not empty"),
        Arguments.of(
            "https://u:hunter3%@x.example/remote.php",
            "must have user:password percent-encoded, such as %25 for a percent sign"),
        Arguments.of(
            "https://x.example/remote.php?_akeebaAuth=hunter3",
            "must not hold the secret (_akeebaAuth); write it under the key 'secret'"));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void a_wrong_url_is_told_without_its_credentials(String url, String sentence) throws Exception {
    String yaml = "sites:\n  shop:\n    secret: hunter2hunter2\n    url: \"" + url + "\"\n";
    assertThat(problems(yaml))
        .containsExactly("config/sites.yaml:4: sites.shop.url: " + sentence)
        .noneMatch(problem -> problem.contains("hunter"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "secret: ''                 | secret: its value is empty",
        "secret: \"{{env:EMPTY}}\"  | secret: its value is empty",
        "secret: 1234567            | secret: must be text; put it in quotes",
        "secret:                    | secret: has no value; write one, or leave the key out",
        "secret: \"{{env:GONE}}\"   | secret: the environment variable GONE is not set",
        "secret: \"a\\nb\"          | secret: must be one line without control characters",
        "secretFile: none           | secretFile: 'none' is not readable: no such file; a relative"
            + " name starts at the home directory",
        "secretFile: config         | secretFile: 'config' is a directory; it must be a file with"
            + " one line",
        "secretFile: blank          | secretFile: 'blank' is a file whose text is empty",
        "secretFile: big            | secretFile: 'big' is too large for a secret; at most 64 KiB",
        "secretFile: binary         | secretFile: 'binary' is not readable: not UTF-8 text",
      })
  void a_wrong_secret_is_told_without_its_value(String line, String sentence) throws Exception {
    Files.writeString(home.resolve("blank"), "\n");
    Files.writeString(home.resolve("big"), "x".repeat(70_000));
    Files.write(home.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(
            problems("sites:\n  shop:\n    url: https://x.example/remote.php\n    " + line + "\n"))
        .containsExactly("config/sites.yaml:4: sites.shop." + sentence);
  }

  @Test
  void url_and_secret_are_asked_for() throws Exception {
    assertThat(problems("sites:\n  shop:\n    profile: 1\n"))
        .containsExactly(
            "config/sites.yaml:2: sites.shop: 'url' is missing; write the site's address, such as"
                + " https://shop.example.com",
            "config/sites.yaml:2: sites.shop: 'secret' is missing; write the secret word of the"
                + " site's JSON API, or 'secretFile', or a Joomla API token as 'token'");
  }

  @Test
  void a_wrong_default_is_told_once() throws Exception {
    String sites = GOOD + GOOD.replace("sites:\n", "").replace("shop:", "blog:");
    assertThat(problems("defaults:\n  zone: Mars\n  shedule: x\n" + sites))
        .containsExactly(
            "config/sites.yaml:2: defaults.zone: 'Mars' is not a time zone; write a name such as"
                + " Europe/Athens or UTC",
            "config/sites.yaml:3: defaults.shedule: unknown key; did you mean 'schedule'? "
                + SITE_KEYS);
  }

  @Test
  void all_problems_come_at_once_in_the_order_of_their_lines() throws Exception {
    assertThat(
            problems(
                """
                limits: {concurent: 5}
                sites:
                  shop:
                    url: https://shop.example.com/remote.php
                    secret: "{{env:SHOP_SECRET}}"
                    schedule: "x"
                    zone: Mars
                  no name: {}
                notify:
                  - {on: faild, to: opps}
                history: {keep: for ever}
                """))
        .containsExactly(
            "config/sites.yaml:1: limits.concurent: unknown key; did you mean 'concurrent'? allowed:"
                + " concurrent, perHost, spread, restoreTests",
            "config/sites.yaml:5: sites.shop.secret: the environment variable SHOP_SECRET is not set",
            "config/sites.yaml:6: sites.shop.schedule: 'x' is not a schedule: 'x' is not expected"
                + " there; write \"daily at 02:30\", \"every monday and friday at 3:00\","
                + " \"weekdays at 22:00\", \"every 6 hours\", \"monthly on the last day at 3:00\","
                + " \"@daily\", five fields of cron, or Quartz's six",
            "config/sites.yaml:7: sites.shop.zone: 'Mars' is not a time zone; write a name such as"
                + " Europe/Athens or UTC",
            "config/sites.yaml:8: sites.no name: is not a name: it has letters a to z, digits, dot, dash"
                + " and underscore, at most 64, and is not . or ..; 'title' may hold any other",
            "config/sites.yaml:8: sites.no name: 'url' is missing; write the site's address, such as"
                + " https://shop.example.com",
            "config/sites.yaml:8: sites.no name: 'secret' is missing; write the secret word of the"
                + " site's JSON API, or 'secretFile', or a Joomla API token as 'token'",
            "config/sites.yaml:10: notify[0].on: unknown word 'faild'; did you mean 'failed'? allowed:"
                + " started, completed, warning, failed, missed, recovered, proved, unproved, untested",
            "config/sites.yaml:10: notify[0].to: 'opps' is not a channel; there is none",
            "config/sites.yaml:11: history.keep: 'for ever' is not a duration: write 90s, 15m, 6h, 2d"
                + " or 1h30m");
  }
}
