package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Configuration.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code reports} of sites.yaml. */
class ReportsTest {
  private static final String OTHERS =
      """
      defaults: {zone: Europe/Athens, tags: [customers]}
      sites:
        shop: {url: "https://shop.example.com/remote.php", secret: hunter2hunter2}
      channels:
        chat: {type: slack, url: "https://hooks.example.com/x"}
        alive: {type: healthchecks, url: "https://hc.example.com/x"}
      notify: [{on: failed, to: chat}]
      """;

  @TempDir Path home;

  private Configuration read(String reports) throws Exception {
    Path file = Files.createDirectories(home.resolve("config")).resolve("sites.yaml");
    Files.writeString(file, OTHERS + "reports:\n  - " + reports + "\n");
    return new SitesLoader().load(file, text -> text);
  }

  private List<String> problems(String reports) throws Exception {
    return LoaderMessage.of(home, OTHERS + "reports:\n  - " + reports + "\n", Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "monday at 7:00   = 0 0 7 ? * MON",
        "Sunday at 07:05  = 0 5 7 ? * SUN",
        "friday           = 0 0 7 ? * FRI",
        "weekly           = 0 0 7 ? * MON",
        "weekly at 0:00   = 0 0 0 ? * MON",
        "daily at 18:30   = 0 30 18 * * ?",
        "monthly          = 0 0 7 1 * ?",
        "monthly at 23:59 = 0 59 23 1 * ?",
        "0 0 9 ? * 2-6    = 0 0 9 ? * 2-6",
        "weekdays         = 0 0 7 ? * MON-FRI",
        "0 7 * * 1        = 0 0 7 ? * MON",
      })
  void the_time_is_written_as_people_say_it_or_as_an_expression(String every, String cron)
      throws Exception {
    Report report = read("{to: chat, every: \"%s\"}".formatted(every)).reports().get(0);
    assertThat(report.schedule().cron()).isEqualTo(cron);
  }

  @Test
  void what_is_left_out_is_weekly_about_all_sites_in_the_zone_of_the_defaults() throws Exception {
    Report report = read("{to: chat}").reports().get(0);

    assertThat(report.schedule().cron()).isEqualTo("0 0 7 ? * MON");
    assertThat(report.schedule().zone()).isEqualTo(ZoneId.of("Europe/Athens"));
    assertThat(report.to()).containsExactly("chat");
    assertThat(report.tags()).isEmpty();
    assertThat(report.isAbout(List.of())).isTrue();
    assertThat(read("{to: chat, zone: UTC}").reports().get(0).schedule().zone())
        .isEqualTo(ZoneId.of("UTC"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "{to: alive}                             = reports[0].to: 'alive' is a channel of pings, which takes no report; name one that people read, a webhook or a Camel endpoint",
        "{to: chatt}                             = reports[0].to: 'chatt' is not a channel; did you mean 'chat'? allowed: chat, alive",
        "{every: weekly}                         = reports[0]: 'to' is missing; write 'to: ops'",
        "{to: chat, on: failed}                  = reports[0].on: unknown key; allowed: to, every, zone, tags",
        "{to: chat, every: \"monday at 24:00\"}  = reports[0].every: 'monday at 24:00' is not a schedule: '24:00' is not a time of day, such as 02:30 or 3am; write \"daily at 02:30\"",
        "{to: chat, every: mondy}                = reports[0].every: 'mondy' is not a schedule: 'mondy' is not expected there; did you mean \"monday\"?",
        "{to: chat, zone: Europe/Athen}          = reports[0].zone: 'Europe/Athen' is not a time zone; did you mean 'Europe/Athens'?",
      })
  void what_is_wrong_gets_a_sentence_with_what_is_allowed(String report, String sentence)
      throws Exception {
    assertThat(problems(report)).singleElement().asString().contains(sentence);
  }

  @Test
  void one_that_is_about_no_site_or_never_comes_is_a_doubt() throws Exception {
    assertThat(
            new SitesLoader()
                .warnings(read("{to: chat, tags: nobody, every: \"0 0 7 * * ? 2020\"}")))
        .contains("reports[0]: is about no site", "reports[0].every: never fires again");
  }
}
