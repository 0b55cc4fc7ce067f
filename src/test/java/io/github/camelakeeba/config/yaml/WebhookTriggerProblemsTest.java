package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trigger that anybody could call, or that reads somebody else's JSON, is looked at twice. */
class WebhookTriggerProblemsTest {
  private static final String SITES =
      "sites: {shop: {url: 'https://shop.example.com/remote.php', secret: Site-Secret-77a}}\n";

  @TempDir Path home;

  private static final String SECRET = "secret: Hook-Secret-41bX";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "from: 'servlet:/hooks/a' | triggers[0]: 'secret' is missing; who calls it must prove that it knows one",
        "from: 'servlet:/api/a', %s | triggers[0].from: must be servlet:/hooks/ and a name of letters",
        "from: 'servlet:hooks/a', %s | triggers[0].from: must be servlet:/hooks/ and a name of letters",
        "from: 'servlet:/hooks/../api/sites', %s | triggers[0].from: must be servlet:/hooks/ and a name",
        "from: 'servlet:/hooks/', %s | triggers[0].from: must be servlet:/hooks/ and a name of letters",
        "from: 'servlet:/hooks/a', %s, deadLetter: 'seda:x' | triggers[0].deadLetter: gets nothing: a caller over HTTP",
        "from: 'servlet:/hooks/a', %s, tokenHeader: X-A, signatureHeader: X-B | signatureHeader: is set beside",
        "from: 'seda:in', tokenHeader: X-A | triggers[0].tokenHeader: is set without 'secret' or 'secretFile'",
        "from: 'seda:in', signature: standard | triggers[0].signature: is set without 'secret' or 'secretFile'",
        "from: 'seda:in', previousSecret: Hook-Secret-41bX | triggers[0].previousSecret: is set without 'secret' or",
        "from: 'servlet:/hooks/a', %s, tokenHeader: X-A, signature: both | triggers[0].signature: is set beside 'tokenHeader'; keep one",
        "from: 'servlet:/hooks/a', secret: whsec_Hook-Secret-41bX, signature: both | triggers[0].secret: begins with whsec_, but what follows is no Base64",
        "from: 'servlet:/hooks/a', %s, previousSecret: whsec_, signature: standard | triggers[0].previousSecret: begins with whsec_, but",
        "from: 'servlet:/hooks/a', %s, signature: github | triggers[0].signature: unknown word 'github'",
        "from: 'seda:in', map: {site: '$..name'} | triggers[0].map.site: uses '..', '=~' or a function",
        "from: 'seda:in', map: {id: deploy} | triggers[0].map.id: 'deploy' is no JSONPath such as $.project.name",
        "from: 'seda:in', map: {id: '$.a['} | triggers[0].map.id: holds '$.a[', which is no JSONPath",
        "from: 'seda:in', map: {url: '$.a'} | triggers[0].map",
      })
  void it_stops_the_start_with_a_sentence(String trigger, String sentence) throws Exception {
    String yaml = SITES + "triggers:\n  - {" + trigger.formatted(SECRET) + "}\n";
    assertThat(LoaderMessage.of(home, yaml, Map.of()))
        .singleElement()
        .asString()
        .startsWith("config/sites.yaml:3: ")
        .contains(sentence)
        .doesNotContain("Hook-Secret-41bX");
  }

  @Test
  void two_hooks_have_two_addresses() throws Exception {
    String yaml =
        SITES
            + "triggers:\n  - {from: 'servlet:/hooks/a', %1$s}\n  - {from: 'servlet:/hooks/a?x=y', %1$s}\n"
                .formatted(SECRET);
    assertThat(LoaderMessage.of(home, yaml, Map.of()))
        .containsExactly(
            "config/sites.yaml:4: triggers[1].from: another trigger is called at this address");
  }
}
