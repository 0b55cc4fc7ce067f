package io.github.camelakeeba.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleInWordsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '=',
      value = {
        "0 30 2 * * ?                = at 02:30 every day",
        "0 30 2 ? * *                = at 02:30 every day",
        "5 30 2 * * ?                = at 02:30:05 every day",
        "0 0 2,14 * * ?              = at 02:00 and 14:00 every day",
        "0 15,45 6 * * ?             = at 06:15 and 06:45 every day",
        "0 0 1,2,5 * * ?             = at 01:00, 02:00 and 05:00 every day",
        "* * * * * ?                 = every second",
        "0/10 * * * * ?              = every 10 seconds",
        "0 * * * * ?                 = every minute",
        "30 * * * * ?                = every minute",
        "0 0/5 * * * ?               = every 5 minutes",
        "0 2/5 * * * ?               = every 5 minutes from 00:02",
        "0 0 * * * ?                 = every hour",
        "0 20 * * * ?                = every hour from 00:20",
        "0 0 */6 * * ?               = every 6 hours",
        "0 20 1/4 * * ?              = every 4 hours from 01:20",
        "0 0 */5 * * ?               = at 00:00, 05:00, 10:00, 15:00 and 20:00 every day",
        "0 0 8-18 * * ?              = every hour from 08:00 to 18:00 every day",
        "0 0/30 8-18 ? * MON-FRI     = every 30 minutes from 08:00 to 18:30 from Monday to Friday",
        "0 0 */6 ? * SUN             = every 6 hours every Sunday",
        "0 0 3 ? * SUN               = at 03:00 every Sunday",
        "0 0 3 ? * 1                 = at 03:00 every Sunday",
        "0 0 3 ? * 7                 = at 03:00 every Saturday",
        "0 0 3 ? * L                 = at 03:00 every Saturday",
        "0 0 2 ? * mon,wed,FRI       = at 02:00 every Monday, Wednesday and Friday",
        "0 0 2 ? * SAT-MON           = at 02:00 every Monday, Saturday and Sunday",
        "0 0 2 ? * SAT,SUN           = at 02:00 every Saturday and Sunday",
        "0 0 2 ? * 1-7               = at 02:00 every day",
        "0 0 2 ? * FRIL              = at 02:00 on the last Friday of every month",
        "0 0 2 ? * 6#3               = at 02:00 on the 3rd Friday of every month",
        "0 0 2 ? 1,7 MON#1           = at 02:00 on the 1st Monday of January and July",
        "0 0 0 1 * ?                 = at 00:00 on the 1st of every month",
        "0 0 0 1 1 ?                 = at 00:00 on the 1st of January",
        "0 0 2 1,12,23 * ?           = at 02:00 on the 1st, the 12th and the 23rd of every month",
        "0 0 2 1 */3 ?               = at 02:00 on the 1st of January, April, July and October",
        "0 0 2 L * ?                 = at 02:00 on the last day of every month",
        "0 0 2 L-1 * ?               = at 02:00 on the day before the last of every month",
        "0 0 2 L-3 * ?               = at 02:00 on the 3rd day before the last of every month",
        "0 0 2 LW * ?                = at 02:00 on the last weekday of every month",
        "0 0 2 15W * ?               = at 02:00 on the weekday nearest to the 15th of every month",
        "0 0 2 * JAN-MAR ?           = at 02:00 every day in January, February and March",
        "0 0 2 * * ? *               = at 02:00 every day",
        "0 0 2 * * ? 2020            = at 02:00 every day in 2020",
        "0 0 2 * * ? 2027-2030       = at 02:00 every day, 2027 to 2030",
        "0 0 2 * * ? 2027,2029       = at 02:00 every day in 2027 and 2029",
      })
  void says_when_it_fires(String cron, String words) {
    assertThat(ScheduleInWords.of(cron)).isEqualTo(words);
    // what is printed can be written into sites.yaml
    assertThat(ScheduleInWords.of(CronExpressions.validated(words))).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5/7 */15 22-4 1/5 JAN-MAR ?", // more times than a person reads
        "0/7 * * * * ?", // not even: 56 is followed by 0
        "0 0 2 1-20 * ?",
        "0 0 2 * * ? 2026/2",
        "30 2 * * *", // no expression of Quartz
        "",
      })
  void keeps_the_expression_where_words_would_be_longer_or_wrong(String cron) {
    assertThat(ScheduleInWords.of(cron)).isEqualTo(cron);
  }

  @Test
  void a_site_without_a_schedule_has_no_words() {
    assertThat(new ScheduleInWords().words(null)).isNull();
    assertThat(new ScheduleInWords().words("0 30 2 * * ?")).isEqualTo("at 02:30 every day");
  }
}
