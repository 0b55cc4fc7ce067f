package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggerProblemsTest {
  private static final String SITES =
      "sites: {shop: {url: \"https://shop.example.com/remote.php\", secret: Trig-Secret-5512}}\n";

  @TempDir Path folder;

  private Configuration load(String triggers) throws Exception {
    Path config = Files.createDirectories(folder.resolve("config"));
    Path file = Files.writeString(config.resolve("sites.yaml"), SITES + "triggers:\n" + triggers);
    return new SitesLoader().load(file, text -> text);
  }

  @Test
  void what_is_left_out_has_a_good_meaning() throws Exception {
    Trigger first = load("  - {from: \"seda:in\"}\n  - {from: \"seda:other\"}\n").triggers().get(0);
    assertThat(first)
        .isEqualTo(
            new Trigger(
                "trigger-1",
                new Secret("seda:in"),
                null,
                List.of(),
                Map.of(),
                SignatureSettings.NONE,
                null,
                null,
                Trigger.ReplyMode.ACCEPTED,
                Duration.ofMinutes(5),
                true,
                null,
                true));
    assertThat(first.toString()).doesNotContain("seda:in");
  }

  @Test
  void an_endpoint_may_stand_in_a_file() throws Exception {
    Files.writeString(folder.resolve("endpoint"), "jms:queue:in?password=Trig-Pass-71\n");
    Trigger trigger =
        load("  - {fromFile: endpoint, sites: \"s*\", map: {site: $.a}}\n").triggers().get(0);
    assertThat(trigger.scheme()).isEqualTo("jms");
    assertThat(trigger.allowsSite("shop")).isTrue();
    assertThat(trigger.allowsSite("blog")).isFalse();
    assertThat(trigger.map()).containsExactly(Map.entry("site", "$.a"));
  }

  @Test
  void a_file_may_begin_with_a_mark_of_the_byte_order() throws Exception {
    Files.writeString(folder.resolve("secret"), "\uFEFFTrig-Secret-81\r\n");
    Trigger trigger =
        load("  - {from: 'seda:in', secretFile: secret, previousSecretFile: secret}\n")
            .triggers()
            .get(0);
    assertThat(trigger.signing().secrets())
        .extracting(Secret::reveal)
        .containsExactly("Trig-Secret-81", "Trig-Secret-81");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{site: shop} | triggers[0]: 'from' is missing; write the URI of a Camel consumer, or 'fromFile'",
        "{from: queue} | triggers[0].from: must be the URI of a Camel endpoint, such as jms:queue:backup.requests",
        "{from: 'seda:in', site: shpo} | triggers[0].site: 'shpo' is not a site; allowed: shop",
        "{from: 'seda:in', sites: [shpo]} | triggers[0].sites[0]: 'shpo' is not a site; allowed: shop",
        "{from: 'seda:in', name: A B} | triggers[0].name: 'A B' is not a trigger's name: it has small letters, digits and dashes, at most 64",
        "{from: 'seda:in', map: {sight: $.a}} | triggers[0].map.sight: unknown key; allowed: site, profile, description, comment, id",
        "{from: 'seda:in', tokenHeader: X-Token} | triggers[0].tokenHeader: is set without 'secret' or 'secretFile'",
        "{from: 'seda:in', deadLetter: letters} | triggers[0].deadLetter: must be the URI of a Camel endpoint, such as jms:queue:backup.refused",
        "{from: 'seda:in', reply: never} | triggers[0].reply: unknown word 'never'",
      })
  void a_wrong_trigger_is_one_line_with_its_place(String trigger, String problem) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> load("  - " + trigger + "\n"));
    assertThat(refused.problems()).hasSize(1);
    assertThat(refused.problems().get(0)).startsWith("config/sites.yaml:3: " + problem);
  }

  @Test
  void two_of_one_name_are_told() {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> load("  - {from: \"seda:a\", name: trigger-2}\n  - {from: \"seda:b\"}\n"));
    assertThat(refused.problems())
        .containsExactly(
            "config/sites.yaml:4: triggers[1]: the trigger in config/sites.yaml:3 is called 'trigger-2' too");
  }

  @ParameterizedTest
  @CsvSource({
    "jms:queue:in?transacted=false, transacted=false",
    "kafka:in?brokers=b:9092&autoCommitEnable=true, autoCommitEnable=true",
    "kafka:in?batching=true&brokers=b:9092, batching=true"
  })
  void an_option_by_which_messages_get_lost_is_told(String from, String option) throws Exception {
    String trigger = "  - {from: \"%s\", deadLetter: \"seda:letters\"%s}\n";
    assertThat(new SitesLoader().warnings(load(trigger.formatted(from, ""))))
        .filteredOn(warning -> warning.startsWith("triggers."))
        .singleElement()
        .asString()
        .startsWith("triggers.trigger-1.from: " + option + "; ")
        .doesNotContain("9092");
    assertThat(new SitesLoader().warnings(load(trigger.formatted(from, ", enabled: false"))))
        .noneMatch(warning -> warning.startsWith("triggers."));
    assertThat(
            new SitesLoader().warnings(load(trigger.formatted("jms:queue:in?transacted=true", ""))))
        .noneMatch(warning -> warning.startsWith("triggers."));
  }
}
