package io.github.camelakeeba.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A schedule as users write it: what Quartz is given, and what they read of it again. */
class ScheduleTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "daily at 02:30                              = 0 30 2 * * ?",
        "Daily 2:30                                  = 0 30 2 * * ?",
        "every day at 2:30, 14:30 and 20:30          = 0 30 2,14,20 * * ?",
        "daily at 2:00, 2:30, 14:00 and 14:30        = 0 0,30 2,14 * * ?",
        "at 02:30:05 every day                       = 5 30 2 * * ?",
        "every night at 3am                          = 0 0 3 * * ?",
        "nightly at 3:30 p.m.                        = 0 30 15 * * ?",
        "daily at 12am                               = 0 0 0 * * ?",
        "daily at 12 pm                              = 0 0 12 * * ?",
        "every monday at 3:00                        = 0 0 3 ? * MON",
        "mondays at 3:00                             = 0 0 3 ? * MON",
        "every Monday, wed & Friday at 3:00          = 0 0 3 ? * MON,WED,FRI",
        "every mon-fri at 22:00                      = 0 0 22 ? * MON-FRI",
        "from Monday to Friday at 22:00              = 0 0 22 ? * MON-FRI",
        "saturday to monday at 22:00                 = 0 0 22 ? * MON,SAT,SUN",
        "weekdays at 22:00                           = 0 0 22 ? * MON-FRI",
        "every weekday at 22:00                      = 0 0 22 ? * MON-FRI",
        "weekends at noon                            = 0 0 12 ? * SAT,SUN",
        "on sundays at midnight                      = 0 0 0 ? * SUN",
        "weekly at 3:00                              = 0 0 3 ? * MON",
        "weekly on sunday at 3:00                    = 0 0 3 ? * SUN",
        "every hour                                  = 0 0 * * * ?",
        "hourly                                      = 0 0 * * * ?",
        "hourly at :20                               = 0 20 * * * ?",
        "hourly on weekdays                          = 0 0 * ? * MON-FRI",
        "every 6 hours                               = 0 0 0/6 * * ?",
        "every 6 hours at :15                        = 0 15 0/6 * * ?",
        "every 4 hours from 01:20                    = 0 20 1/4 * * ?",
        "every 2 hours from 9:00 to 18:00            = 0 0 9,11,13,15,17 * * ?",
        "every 30 minutes from 8:00 to 18:30 on weekdays = 0 0,30 8-18 ? * MON-FRI",
        "every 10 seconds                            = 0/10 * * * * ?",
        "monthly on the 1st at 3:00                  = 0 0 3 1 * ?",
        "monthly at 3:00                             = 0 0 3 1 * ?",
        "every month on the 2nd at 3:00              = 0 0 3 2 * ?",
        "monthly on the last day at 3:00             = 0 0 3 L * ?",
        "monthly on the 1st, 15th and the last day at 3:00 = 0 0 3 1,15,L * ?",
        "on the last friday of every month at 3:00   = 0 0 3 ? * FRIL",
        "monthly on the first sunday at 3:00         = 0 0 3 ? * SUN#1",
        "on the 1st of january and july at 3:00      = 0 0 3 1 1,7 ?",
        "at 02:00 every day, 2027 to 2030            = 0 0 2 * * ? 2027-2030",
        "30 2 * * *                                  = 0 30 2 * * ?",
        "30 2 * * 0                                  = 0 30 2 ? * SUN",
        "30 2 * * 7                                  = 0 30 2 ? * SUN",
        "30 2 * * 1                                  = 0 30 2 ? * MON",
        "30 2 * * 1-5,7                              = 0 30 2 ? * MON-FRI,SUN",
        "30 2 * * fri-sun                            = 0 30 2 ? * FRI-SUN",
        "30 2 * * 0-6                                = 0 30 2 * * ?",
        "*/15 * * * *                                = 0 0/15 * * * ?",
        "5/15 0 1-31/2 * ?                           = 0 5/15 0 1/2 * ?",
        "0 9-17/4 ? jan,MAR */2                      = 0 0 9,13,17 ? 1,3 TUE,THU,SAT,SUN",
        "@daily                                      = 0 0 0 * * ?",
        "@midnight                                   = 0 0 0 * * ?",
        "@hourly                                     = 0 0 * * * ?",
        "@Weekly                                     = 0 0 0 ? * SUN",
        "@monthly                                    = 0 0 0 1 * ?",
        "@yearly                                     = 0 0 0 1 1 ?",
        "@annually                                   = 0 0 0 1 1 ?",
        "0 30 2 ? * 7                                = 0 30 2 ? * 7",
        "0 30 2 * * ? 2030                           = 0 30 2 * * ? 2030",
      })
  void is_given_to_quartz(String text, String cron) {
    assertThat(CronExpressions.validated(text)).isEqualTo(cron);
  }

  @Test
  void is_in_the_reference_what_the_reader_makes_of_it() throws Exception {
    Pattern row = Pattern.compile("\\| `(.+)` \\| `(.+)` \\| (.+) \\|");
    String section =
        Files.readString(Path.of("docs/reference/configuration.md")).split("## Schedules")[1];
    List<MatchResult> rows =
        section
            .split("\\*\\*In words\\*\\*")[0]
            .lines()
            .flatMap(line -> row.matcher(line).results())
            .toList();
    assertThat(rows).hasSizeGreaterThan(15);
    for (MatchResult written : rows) {
      String cron = CronExpressions.validated(written.group(1));
      assertThat(cron).isEqualTo(written.group(2));
      assertThat(ScheduleInWords.of(cron)).isEqualTo(written.group(3));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "nightly                   = it has no time of day; did you mean \"nightly at 02:00\"?",
        "02:30                     = it has no days; did you mean \"daily at 02:30\"?",
        "evry monda at 3           = did you mean \"every monday at 03:00\"?",
        "everyday at 2h30          = did you mean \"every day at 2:30\"?",
        "daily at 25:00            = '25:00' is not a time of day, such as 02:30 or 3am; write \"daily at 02:30\"",
        "daily at 13pm             = '13pm' is not a time of day",
        "daily at 2:30,            = something is missing at its end; write",
        "daily at 2:30 at 3:30     = 'at' is not expected there; write",
        "daily at 2:30 UTC         = its zone is a key of its own: write \"zone: Europe/Athens\"",
        "daily at 2:30, 14:15      = a schedule fires at the same minutes of each of its hours: write \"at 02:30, 14:30\"",
        "every 5 hours             = 5 hours do not divide a day: write 1, 2, 3, 4, 6, 8 or 12",
        "every 24 hours            = write \"daily at 02:30\"",
        "every 90 minutes          = 90 minutes do not divide an hour: write 1, 2,",
        "every 2 days at 3:00      = a schedule counts hours and minutes, not days, weeks or months: write their names",
        "every second monday       = a schedule counts hours and minutes, not days",
        "every 4 hours from 05:20  = write \"from 01:20\", or from when to when: \"from 05:20 to 23:59\"",
        "every hour from 22:00 to 4:00 = it ends at 04:00, before it begins at 22:00",
        "every 30 minutes from 8:10 to 18:10 = write \"from 08:10 to 18:40\"",
        "every 6 hours at 02:00    = after \"at\" write the minute of the hour, such as \":15\"",
        "monthly on sunday at 3:00 = 'sunday' is no day of a month: write \"the 1st\", \"the last day\" or \"the first friday\"",
        "on the 32nd at 3:00       = no month has a day 32: write 1st to 31st",
        "on the first monday and the 3rd at 3:00 = a schedule has one, and no other beside it",
        "someday                   = write \"daily at 02:30\", \"every monday and friday at 3:00\"",
        "30 2 1 * 1                = cron fires when either is right; a schedule has one of them: write \"30 2 1 * *\", or \"30 2 * * 1\"",
        "30 2 */2 * 1              = cron fires when both are right; a schedule has one of them",
        "30 25 * * *               = '25' is no hour: write 0 to 23",
        "30 2 * * 5-1              = the range '5-1' of the day of week goes backwards: write 0 to 7, sun to sat",
        "*/90 * * * *              = the step '/90' is no step of the minute: write 0 to 59",
        "30 2 L * *                = 'L' is no day of month: write 1 to 31",
        "30 2 * *                  = it has 4 fields; cron has five (minute, hour, day of month, month, day of week), Quartz one before them, the second",
        "@reboot                   = it says when a machine starts, not at what times",
        "@dayly                    = cron has no such word: write @annually, @daily",
      })
  void gets_a_sentence_that_says_what_is_wrong_and_what_to_write(String text, String sentence) {
    assertThatThrownBy(() -> CronExpressions.validated(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("is not a schedule: ")
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ",", "and", "every", "on", "on the", "from", "at", "::", "1st"})
  void never_fails_in_another_way(String text) {
    assertThatThrownBy(() -> CronExpressions.validated(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a schedule: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "daily                     = 0 0 7 * * ?",
        "friday                    = 0 0 7 ? * FRI",
        "monthly on the last day   = 0 0 7 L * ?",
        "weekly at 0:00            = 0 0 0 ? * MON",
        "every 6 hours             = 0 0 0/6 * * ?",
      })
  void has_the_hour_that_it_is_read_with_where_it_names_no_time(String text, String cron) {
    assertThat(CronExpressions.validated(text, 7)).isEqualTo(cron);
  }
}
