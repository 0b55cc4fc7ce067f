package io.github.camelakeeba.akeeba.answer;

import static io.github.camelakeeba.akeeba.answer.SampleResponses.STEP;
import static io.github.camelakeeba.akeeba.answer.SampleResponses.http;
import static io.github.camelakeeba.akeeba.answer.SampleResponses.json;
import static io.github.camelakeeba.akeeba.answer.SampleResponses.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.BlockedException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.secret.Secret;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
  private final ResponseReader parser = new ResponseReader();

  private AkeebaException refused(AkeebaResponse answer) {
    return refusal(() -> parser.data(answer));
  }

  @ParameterizedTest
  @CsvSource({
    "503,REFUSED_SECRET",
    "403,REFUSED_SECRET",
    "401,REFUSED_SECRET",
    "404,NOT_FOUND",
    "405,NOT_FOUND",
    "501,NOT_FOUND",
    "600,CONFIGURATION",
    "500,BACKUP_ERROR",
    "0,BACKUP_ERROR",
    "201,BACKUP_ERROR",
    "-1,BACKUP_ERROR",
    "'\"42S02\"',BACKUP_ERROR",
    "'\"503\"',REFUSED_SECRET",
    "null,BACKUP_ERROR",
    "true,BACKUP_ERROR",
    "200.5,BACKUP_ERROR",
    "'[200]',BACKUP_ERROR"
  })
  void every_json_status_but_200_is_a_refusal_of_its_kind(String status, ErrorKind kind) {
    String body = "{\"status\":" + status + ",\"data\":{\"HasRun\":false}}";
    for (String method : new String[] {"startBackup", "stepBackup", "getVersion", "listBackups"}) {
      assertThat(refused(json(method, body)).kind()).isEqualTo(kind);
    }
  }

  @Test
  void a_json_status_200_as_a_string_is_success() {
    assertThat(parser.data(json("delete", "{\"status\":\"200\",\"data\":true}")).booleanValue())
        .isTrue();
  }

  @Test
  void access_denied_lists_every_cause() {
    assertThat(refused(json("getVersion", "{\"status\":503,\"data\":\"Access denied\"}")))
        .hasMessageContainingAll("wrong", "missing", "weak", "switched off", "Core edition");
  }

  @Test
  void the_engines_words_come_without_prefix_markup_and_length() {
    String said = "A backup error has occurred: <b>Disk full</b>\\u0007 " + "x".repeat(2000);
    AkeebaException refused =
        refused(json("stepBackup", "{\"status\":500,\"data\":\"" + said + "\"}"));
    assertThat(refused.getMessage()).startsWith("Disk full xxx").hasSize(500);
  }

  @Test
  void an_engine_error_without_words_still_says_what_happened() {
    assertThat(refused(json("stepBackup", "{\"status\":\"42S02\",\"data\":null}")))
        .hasMessage("The site answers stepBackup with status 42S02.");
  }

  @Test
  void a_missing_record_is_not_found_whatever_the_status() {
    String body = "{\"status\":500,\"data\":\"Invalid backup record identifier\"}";
    assertThat(refused(json("getBackupInfo", body)).kind()).isEqualTo(ErrorKind.NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "301,CONFIGURATION",
    "304,CONFIGURATION",
    "400,NOT_FOUND",
    "401,REFUSED_SECRET",
    "403,REFUSED_SECRET",
    "404,NOT_FOUND",
    "405,NOT_FOUND",
    "406,NOT_FOUND",
    "407,CONFIGURATION",
    "408,UNREACHABLE",
    "410,NOT_FOUND",
    "413,CONFIGURATION",
    "429,UNREACHABLE",
    "500,UNREACHABLE",
    "502,UNREACHABLE",
    "503,UNREACHABLE",
    "504,UNREACHABLE",
    "522,UNREACHABLE"
  })
  void every_http_status_but_2xx_without_an_envelope_is_judged_by_http(int status, ErrorKind kind) {
    for (String body : new String[] {"", "<h1>Sorry</h1>", "{\"message\":1}", "{\"status\":2"}) {
      AkeebaException refused = refused(http("stepBackup", status, body));
      assertThat(refused.kind()).isEqualTo(kind);
      assertThat(refused).hasMessageContaining("HTTP " + status);
    }
  }

  @Test
  void an_envelope_within_an_http_error_is_judged_by_its_own_status_but_never_as_success() {
    String denied = "{\"status\":503,\"data\":\"Access denied\"}";
    assertThat(refused(http("stepBackup", 500, denied)).kind()).isEqualTo(ErrorKind.REFUSED_SECRET);
    assertThat(refused(http("stepBackup", 502, STEP)).kind()).isEqualTo(ErrorKind.UNREACHABLE);
    assertThat(refused(http("stepBackup", 302, STEP)).kind()).isEqualTo(ErrorKind.CONFIGURATION);
  }

  @Test
  void joomlas_api_application_without_akeebas_plugin_names_the_plugin() {
    String body = "{\"errors\":[{\"title\":\"Resource not found\",\"code\":404}]}";
    assertThat(refused(http("getVersion", 406, "<h1>Not Acceptable</h1>")))
        .hasMessageContaining("firewalls of web servers such as ModSecurity")
        .hasMessageNotContaining("Web Services");
    for (int status : new int[] {404, 406}) {
      AkeebaException refused = refused(http("getVersion", status, body));
      assertThat(refused.kind()).isEqualTo(ErrorKind.NOT_FOUND);
      assertThat(refused)
          .hasMessageContaining("Web Services - Akeeba Backup")
          .hasMessageContaining("\"Resource not found\"");
    }
  }

  private static final String MODSECURITY =
      "<head><title>Not Acceptable!</title></head><body><h1>Not Acceptable!</h1><p>An appropriate"
          + " representation of the requested resource could not be found on this server. This"
          + " error was generated by Mod_Security.</p></body></html>";
  private static final String IMUNIFY =
      "{\"message\":\"Access denied by Imunify360 bot-protection. IPs used for automation should be"
          + " whitelisted\"}";
  private static final String CRITICAL =
      "<html><head><title>WordPress &rsaquo; Error</title></head><body><p>There has been a critical"
          + " error on this website.</p><p>Learn more</p></body></html>";

  static Stream<Arguments> firewalls() {
    return Stream.of(
        Arguments.of(406, MODSECURITY, "ModSecurity", "generated by Mod_Security."),
        Arguments.of(403, MODSECURITY, "ModSecurity", "generated by Mod_Security."),
        Arguments.of(200, IMUNIFY, "Imunify360", "IPs used for automation"),
        Arguments.of(415, IMUNIFY, "Imunify360", "IPs used for automation"),
        Arguments.of(
            403,
            "<title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>",
            "Cloudflare",
            "Sorry, you have been blocked"),
        Arguments.of(403, "error code: 1020", "Cloudflare", "error code: 1020"),
        Arguments.of(
            403,
            "<title>403 Forbidden</title><h1>A potentially unsafe operation has been detected in"
                + " your request to this site</h1><p>Generated by Wordfence at Sun</p>",
            "Wordfence",
            "A potentially unsafe operation"));
  }

  @ParameterizedTest
  @MethodSource("firewalls")
  void a_firewall_is_named_with_the_words_that_it_sent(
      int status, String page, String name, String words) {
    AkeebaException refused = refused(http("getVersion", status, page));
    assertThat(refused).isInstanceOf(BlockedException.class);
    assertThat(refused)
        .hasMessageStartingWith(name)
        .hasMessageContaining("HTTP " + status)
        .hasMessageContaining(words)
        .hasMessageEndingWith("let through there.");
  }

  @Test
  void a_firewall_that_may_let_it_through_later_is_a_lost_answer_with_its_name() {
    AkeebaException challenge =
        refused(http("stepBackup", 503, "<title>Just a moment...</title>Checking"));
    assertThat(challenge).isInstanceOf(LostResponseException.class);
    assertThat(challenge).hasMessageContaining("Cloudflare", "Just a moment...");
    AkeebaException meanwhile = refused(http("stepBackup", 200, IMUNIFY));
    assertThat(meanwhile).isInstanceOf(LostResponseException.class);
    assertThat(meanwhile).hasMessageContaining("Imunify360, a firewall");
    // Cloudflare's own page on a server that does not answer is no refusal
    assertThat(refused(http("stepBackup", 522, "<title>522: timed out</title>Cloudflare Ray ID")))
        .hasMessageStartingWith("The web server or the site has a fault");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  void wordpress_that_has_broken_down_is_said_to_have(int status) {
    AkeebaException refused = refused(http("getVersion", status, CRITICAL));
    assertThat(refused).isInstanceOf(LostResponseException.class);
    assertThat(refused)
        .hasMessageContaining("WordPress has broken down")
        .hasMessageContaining("There has been a critical error on this website");
  }

  @Test
  void what_json_of_another_kind_says_is_shown() {
    assertThat(refused(http("getVersion", 415, "{\"message\":\"Only XML here\"}")))
        .hasMessageContaining("HTTP 415, \"Only XML here\"");
    assertThat(refused(http("getVersion", 403, "{\"error\":{\"message\":\"Not from there\"}}")))
        .hasMessageContaining("HTTP 403, \"Not from there\"");
    assertThat(refused(json("getVersion", "{\"code\":\"x\",\"message\":\"Log in first\"}")))
        .hasMessageContaining("(\"Log in first\")");
    assertThat(refused(json("getProfiles", "{\"status\":403,\"data\":\"Not for editors\"}")))
        .hasMessageContaining("privilege for getProfiles (\"Not for editors\")");
    assertThat(refused(json("getProfiles", "{\"status\":503,\"data\":\"IP is not on the list\"}")))
        .hasMessageStartingWith("The site refuses access (\"IP is not on the list\"). ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysqli object is already closed",
        "mysqli object is not fully initialized",
        "MySQL server has gone away",
        "SQLSTATE[HY000] [2002] Connection refused"
      })
  void a_database_that_goes_away_during_a_step_is_named(String words) {
    AkeebaException refused =
        refused(json("stepBackup", "{\"status\":500,\"data\":\"" + words + "\"}"));
    assertThat(refused.kind()).isEqualTo(ErrorKind.BACKUP_ERROR);
    assertThat(refused).hasMessage("The site's database went away (\"" + words + "\").");
  }

  /** Captured: joomla-29-site-down. */
  @Test
  void a_database_that_lets_the_site_not_in_is_named_and_asked_again() {
    String said = "Access denied for user 'lab'@'localhost' (using password: YES)";
    AkeebaException refused = refused(http("getVersion", 500, said));
    assertThat(refused).isInstanceOf(LostResponseException.class);
    assertThat(refused).hasMessage("The site's database is away (HTTP 500, \"" + said + "\").");
  }

  @Test
  void another_service_that_answers_json_is_not_found() {
    assertThat(refused(json("getVersion", "{\"message\":\"hello\"}")).kind())
        .isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(refused(json("getVersion", "0")).kind()).isEqualTo(ErrorKind.NOT_FOUND);
    assertThat(
            refusal(() -> parser.version(json("getVersion", "{\"status\":200,\"data\":{}}")))
                .kind())
        .isEqualTo(ErrorKind.NOT_FOUND);
  }

  @Test
  void a_debug_member_of_a_refusal_reaches_no_text() {
    String body =
        "{\"status\":500,\"data\":{\"debug\":\"/srv/hidden\",\"message\":\"Full\"},"
            + "\"debug\":\"/srv/hidden\"}";
    assertThat(refused(json("stepBackup", body))).hasMessage("Full");
  }

  @Test
  void a_server_that_repeats_the_secret_does_not_get_it_into_a_message() {
    new Secret("Tr<b>icky&Word-97");
    String page = "<title>Tr&lt;b&gt;icky&amp;Word-97 Tr<b>icky&Word-97</title>";
    assertThat(refused(http("stepBackup", 500, page)).getMessage())
        .doesNotContain("icky")
        .contains("***");
    assertThat(
            refused(json("stepBackup", "{\"status\":0,\"data\":\"x Tr<b>icky&Word-97\"}"))
                .getMessage())
        .isEqualTo("x ***");
  }
}
