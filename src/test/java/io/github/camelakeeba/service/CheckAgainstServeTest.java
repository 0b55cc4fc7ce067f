package io.github.camelakeeba.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.app.cli.Program;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.web.ApiServer;
import io.github.camelakeeba.config.ConfigurationException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code check} calls good, {@code serve} starts; what it refuses, serve refuses too. */
@Tag("slow")
class CheckAgainstServeTest {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:9/remote.php");

  @TempDir Path folder;

  private Program program(String schedule, String yaml, String properties) throws Exception {
    return new Program(folder)
        .site("shop", NOWHERE, "schedule: \"" + schedule + "\"")
        .site("blog", NOWHERE, "schedule: \"0 0 3 * * ?\"")
        .more(yaml + "\n")
        .properties(properties.replace(';', '\n'));
  }

  private Service serve() throws Exception {
    Home home = new Home(folder);
    return Service.start(home, StartModes.serve(home, ApiServer.withCommandsOf(home)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 0 2 * * ? 2020 | ``",
        "0 0 3 30 2 ? | triggers: [{from: \"direct:x\"}, {from: \"direct:x\", name: b}]",
        "0 0 0 31 12 ? 2099 | triggers: [{from: \"file:/proc/none?autoCreate=false\"}]",
      })
  void what_is_good_starts(String schedule, String yaml) throws Exception {
    Program.Ended check = program(schedule, yaml, "").run("check");
    assertThat(check.code()).as(check.err()).isZero();
    serve().close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | backup.database.url = postgres://127.0.0.1/x | backup.database.url: is no address",
        "`` | backup.database.url = jdbc:nix:x | backup.database.url: is no address",
        "`` | backup.api.token = a-long-token-1;backup.api.host = 203.0.113.7 | backup.api.host: is no address of this machine",
        "`` | backup.observe.host = 203.0.113.7;backup.observe.port = 0 | backup.observe.host: is no address of this machine",
        "`` | backup.api.token = a-long-token-1;backup.api.port = 0;camel.ssl.enabled = true;camel.ssl.keyStore = file:/none | camel.ssl.keyStore: the key store can't be used",
        "triggers: [{from: \"servlet:/hooks/x\", secret: a-long-secret-1}] | backup.api.port = 99999 | backup.api.port: must be a whole number",
        "triggers: [{from: \"mock:x\"}] | `` | triggers[0].from: nothing can be consumed from 'mock'",
        "triggers: [{from: \"seda:x\", deadLetter: \"timer:x\"}] | `` | triggers[0].deadLetter: nothing can be sent to 'timer'",
        "channels: {bus: {type: camel, uri: \"timer:x\"}} | `` | channels.bus.uri: nothing can be sent to 'timer'",
      })
  void what_is_refused_does_not_start(String yaml, String properties, String problem)
      throws Exception {
    Program.Ended check = program("0 0 3 * * ?", yaml, properties).run("check");
    assertThat(check.code()).as(check.out()).isEqualTo(ExitCode.USAGE);
    assertThat(check.err()).contains(problem);
    assertThatThrownBy(this::serve).isInstanceOf(ConfigurationException.class);
  }
}
