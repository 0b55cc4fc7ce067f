package io.github.camelakeeba.akeeba.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.secret.Secret;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialTest {
  private static final URI ENDPOINT =
      URI.create("https://site.example/index.php?option=com_akeebabackup&view=api&x=%26a");

  @Test
  void a_visible_ascii_secret_travels_in_the_header_only() {
    Credential credential = new Credential(new Secret("S-ample!~:\"%7Bx"));
    assertThat(credential.header()).isEqualTo("S-ample!~:\"%7Bx");
    assertThat(credential.address(ENDPOINT)).isEqualTo(ENDPOINT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pässwört-x", "two words", "tab\tbed", "line\nbreak", "del\u007Fete", "emoji😀"})
  void any_other_secret_travels_percent_encoded_in_the_query_only(String secret) {
    Credential credential = new Credential(new Secret(secret));
    assertThat(credential.header()).isNull();
    URI address = credential.address(ENDPOINT);
    assertThat(address.toString()).startsWith(ENDPOINT + "&_akeebaAuth=").matches("[!-~]+");
    assertThat(address.getQuery()).endsWith("_akeebaAuth=" + secret);
  }

  @Test
  void a_blank_in_the_query_is_not_a_plus() {
    assertThat(new Credential(new Secret("a b+c")).address(URI.create("https://site.example/a")))
        .hasToString("https://site.example/a?_akeebaAuth=a%20b%2Bc");
  }

  @Test
  void a_credential_in_the_address_is_replaced_so_that_exactly_one_is_sent() {
    URI endpoint = URI.create("https://site.example/a?_akeebaAuth=old&b=1#c");
    assertThat(new Credential(new Secret("header-word")).address(endpoint))
        .hasToString("https://site.example/a?b=1");
    assertThat(new Credential(new Secret("ü-word")).address(endpoint))
        .hasToString("https://site.example/a?b=1&_akeebaAuth=%C3%BC-word");
  }

  @Test
  void a_credential_prints_no_secret() {
    assertThat(new Credential(new Secret("never-seen-42"))).asString().doesNotContain("never-seen");
  }
}
