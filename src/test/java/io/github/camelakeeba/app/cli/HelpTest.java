package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.app.cli.output.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @Test
  void the_program_says_what_it_does_its_commands_and_its_exit_codes() {
    Program.Ended help = Program.anywhere("--help");

    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out())
        .startsWith("Usage: camel-akeeba-backup ")
        .contains("Takes Akeeba Backup backups of Joomla, WordPress and Solo sites")
        .contains("Commands:", "serve ", "backup ", "test ", "check ", "demo ")
        .contains("0   completed", "1   failed", "2   wrong usage or configuration")
        .contains("3   completed with warnings", "4   refused, a backup of this site is running")
        .doesNotContain("\n\n\n");
  }

  @ParameterizedTest
  @CsvSource({
    "serve,HTTP API",
    "backup,--override=K=V",
    "test,SITE",
    "check,--json",
    "status,SITE",
    "outbox,retry",
    "outbox list,--parked",
    "outbox retry,--id=N",
    "notify-test,--state=S",
    "demo,--once",
  })
  void every_command_explains_itself_within_80_columns(String command, String word) {
    Program.Ended help = Program.anywhere((command + " --help").split(" "));

    assertThat(help.code()).isZero();
    assertThat(help.out())
        .startsWith("Usage: camel-akeeba-backup " + command)
        .contains(word, "--home=DIR", "Options:");
    assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
  }

  @Test
  void no_command_shows_the_usage_on_stderr() {
    Program.Ended none = Program.anywhere();

    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).startsWith("Usage: camel-akeeba-backup ").contains("Commands:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frob|unknown command 'frob'; see 'camel-akeeba-backup --help'",
        "--frob|unknown option '--frob'; see 'camel-akeeba-backup --help'",
        "check --frob|unknown option '--frob'; see 'camel-akeeba-backup check --help'",
        "demo frob|unexpected 'frob'; see 'camel-akeeba-backup demo --help'",
        "profiles|Missing required parameter: 'SITE'; see 'camel-akeeba-backup profiles --help'",
        "backup shop --profile x|Invalid value for option '--profile': 'x' is not an int; see"
            + " 'camel-akeeba-backup backup --help'",
        "check --log xml|Invalid value for option '--log': expected one of [text, json]"
            + " (case-insensitive) but was 'xml'; see 'camel-akeeba-backup check --help'",
      })
  void wrong_usage_is_one_line_that_says_where_help_is(String case_) {
    String[] parts = case_.split("\\|");

    Program.Ended wrong = Program.anywhere(parts[0].split(" "));

    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.errLines()).containsExactly(parts[1]);
  }
}
