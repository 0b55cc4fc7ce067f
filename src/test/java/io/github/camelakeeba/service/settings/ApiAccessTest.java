package io.github.camelakeeba.service.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.rest.Caller.Scope;
import io.github.camelakeeba.secret.SecretMasker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What application.properties says about who may call. */
class ApiAccessTest {
  private static final String API = "token = admin-0123456789abcdef";
  private static final String WALL = "tokens.wall.token = wall-0123456789abcdef";

  @TempDir Path folder;

  /** Of keys without what all begin with. */
  private ApiAccess access(String... lines) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      String[] pair = line.split(" = ?", 2);
      text.append("backup.api.%s = %s%n".formatted(pair[0].replace(" ", "\\ "), pair[1]));
    }
    Path file = Files.writeString(folder.resolve("application.properties"), text);
    SimpleCamelContext context = new SimpleCamelContext(false); // as commands read it
    ((PropertiesComponent) context.getPropertiesComponent()).addLocation("file:" + file);
    return ApiAccess.of(context);
  }

  private static Caller caller(ApiAccess access, String token) {
    return access.tokens().callerOf(token).orElse(null);
  }

  @Test
  void without_a_token_it_is_off() throws Exception {
    assertThat(access().tokens().isEmpty()).isTrue();
    assertThat(access().proxies().ranges()).isEmpty();
  }

  @Test
  void the_token_without_a_name_may_everything_and_is_called_api() throws Exception {
    ApiAccess access = access(API);

    assertThat(caller(access, "admin-0123456789abcdef")).isEqualTo(Caller.API);
    assertThat(caller(access, "admin-0123456789abcdeg")).isNull();
    assertThat(caller(access, "")).isNull();
  }

  @Test
  void named_tokens_have_a_scope_and_tags_and_may_only_read_by_default() throws Exception {
    Path file = Files.writeString(folder.resolve("ci"), " ci-0123456789abcdef\n");
    ApiAccess access =
        access(
            API,
            WALL,
            "tokens.ci.tokenFile = " + file,
            "tokens.ci.scope = start",
            "tokens.ci.tags = customers, partners",
            "tokens.boss.token = boss-0123456789abcdef",
            "tokens.boss.scope = admin");

    assertThat(caller(access, "wall-0123456789abcdef"))
        .isEqualTo(new Caller("wall", Scope.READ, Set.of()));
    assertThat(caller(access, "ci-0123456789abcdef"))
        .isEqualTo(new Caller("ci", Scope.START, Set.of("customers", "partners")));
    assertThat(caller(access, "boss-0123456789abcdef"))
        .isEqualTo(new Caller("boss", Scope.ADMIN, Set.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tokens.x.token = short | tokens.x.token: must be 16 to 256 letters",
        "tokens.x.token = with a space in it 0123 | tokens.x.token: must be 16 to 256 letters",
        "tokens.x.token = wall-0123456789abcdef | is the same token as that of 'wall'",
        "tokens.x.token = admin-0123456789abcdef | is the same token as that of 'api'",
        "tokens.x.scope = read | tokens.x: has no token; write backup.api.tokens.x.token or",
        "tokens.wall.scope = write | tokens.wall.scope: must be read, start or admin",
        "tokens.wall.tags = | tokens.wall.tags: must name tags of sites",
        "tokens.wall.tags = , | tokens.wall.tags: must name tags of sites",
        "tokens.wall.tag = a | tokens.wall.tag: no such key; after the token's name comes one of",
        "tokens.wall = abc | tokens.wall: no such key; after",
        "tokens.wall.tokenFile = /x | tokens.wall: token and tokenFile exclude each other",
        "tokens.x.tokenFile = /no/such/file | tokens.x.tokenFile: the file /no/such/file can't be",
        "tokens.a b.token = wall-0123456789abcdeg | the name of a token has 1 to 64",
        "tokens.a.b.token = wall-0123456789abcdeg | the name of a token has 1 to 64",
        "tokens.api.token = wall-0123456789abcdeg | and is none of api, schedule",
        "hosts = https://backup.example.com | hosts: must list names such as",
        "hosts = backup.example.com:443 | hosts: must list names such as",
        "hosts = * | hosts: must list names such as",
        "trustedProxies = proxy.example.com | trustedProxies: must list addresses or networks",
        "trustedUserHeader = Remote-User | trustedUserHeader: is believed of nobody",
        "trustedScope = all | trustedScope: must be read, start or admin",
      })
  void a_wrong_key_is_told_with_what_is_allowed(String line, String sentence) throws Exception {
    assertThatThrownBy(() -> access(API, WALL, line))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("config/application.properties: backup.api.")
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("0123456789abcdef");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "Cookie", "X-Forwarded-For", "a b", "X:Y", "Host"})
  void a_header_that_can_not_name_a_user_is_refused(String header) throws Exception {
    assertThatThrownBy(
            () -> access(API, "trustedProxies = 10.0.0.0/8", "trustedUserHeader = " + header))
        .hasMessageContaining("trustedUserHeader: must be the name of a header such as");
  }

  @Test
  void a_token_that_only_reads_needs_no_other_beside_it() throws Exception {
    assertThat(caller(access(WALL), "wall-0123456789abcdef").scope()).isEqualTo(Scope.READ);
  }

  @Test
  void a_token_is_masked_in_every_text() throws Exception {
    access(API, "tokens.masked.token = masked-0123456789abcdef");

    assertThat(SecretMasker.mask("see masked-0123456789abcdef there")).isEqualTo("see *** there");
  }

  @Test
  void names_and_proxies_are_read() throws Exception {
    ApiAccess access =
        access(
            API,
            "hosts = Backup.example.com, wall",
            "trustedProxies = 127.0.0.1, fd00::/8",
            "trustedUserHeader = Remote-User",
            "trustedScope = start");

    assertThat(access.hosts()).containsExactly("backup.example.com", "wall");
    assertThat(access.proxies().ranges()).hasSize(2);
    assertThat(access.proxies().userHeader()).isEqualTo("Remote-User");
    assertThat(access.proxies().scope()).isEqualTo(Scope.START);
  }
}
