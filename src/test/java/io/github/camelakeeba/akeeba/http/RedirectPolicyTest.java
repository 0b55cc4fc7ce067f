package io.github.camelakeeba.akeeba.http;

import static io.github.camelakeeba.akeeba.answer.SampleResponses.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectPolicyTest {
  private final RedirectPolicy policy = new RedirectPolicy();

  private URI follow(String from, String location) {
    return policy.follow(URI.create(from), URI.create(from), location, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "http://shop.example.com/a,https://shop.example.com/a,https://shop.example.com/a",
    "http://shop.example.com/a,https://www.shop.example.com/a,https://www.shop.example.com/a",
    "https://www.example.com/a,https://example.com/b,https://example.com/b",
    "https://example.com/a,https://WWW.Example.com./b?c=d,https://WWW.Example.com./b?c=d",
    "https://example.com/a,https://eu.example.com/,https://eu.example.com/",
    "https://shop.example.com/a,https://example.com/shop,https://example.com/shop",
    "https://example.com/x/index.php?a=1,/en/index.php?a=1,https://example.com/en/index.php?a=1",
    "https://example.com/x/index.php?a=1,?lang=en,https://example.com/x/index.php?lang=en",
    "https://example.com/x/index.php,other.php,https://example.com/x/other.php",
    "https://example.com/a,//www.example.com/b,https://www.example.com/b",
    "http://example.com/a,https://example.com,https://example.com/",
    "http://example.com/a,https://user:pass@example.com/b#c,https://example.com/b",
    "https://example.com/a,/with blank,https://example.com/with%20blank",
    "http://127.0.0.1:8081/a,http://127.0.0.1:8081/b,http://127.0.0.1:8081/b",
    "http://[::1]:81/a,http://[::1]:81/b,http://[::1]:81/b",
    "http://localhost:81/a,http://localhost:81/b,http://localhost:81/b",
    "http://shop.test/a,http://www.shop.test/b,http://www.shop.test/b",
    "http://intranet/a,https://intranet/b,https://intranet/b",
    "https://example.com:8443/a,https://www.example.com:8443/b,https://www.example.com:8443/b",
    "http://example.com:80/a,https://example.com:443/b,https://example.com:443/b"
  })
  void mundane_redirects_are_followed(String from, String location, String target) {
    assertThat(follow(from, location)).hasToString(target);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/a,http://example.com/a",
    "https://example.com/a,https://evil.example/a",
    "https://example.com/a,https://notexample.com/a",
    "https://example.com/a,https://example.com.evil.org/a",
    "https://example.com/a,//evil.org/a",
    "https://example.com/a,https://com/a",
    "https://shop.co.uk/a,https://co.uk/a",
    "https://www.co.uk/a,https://co.uk/a",
    "https://shop.github.io/a,https://github.io/a",
    "https://shop.github.io/a,https://www.github.io/a",
    "https://a.example.com/a,https://b.example.com/a",
    "https://a.b.example.com/a,https://example.com/a",
    "https://example.com/a,https://example.com:8443/a",
    "http://example.com/a,https://example.com:8443/a",
    "http://example.com:8080/a,https://example.com/a",
    "http://localhost:81/a,http://localhost:82/a",
    "http://127.0.0.1/a,http://127.0.0.2/a",
    "http://127.0.0.1/a,http://localhost/a",
    "http://0.0.1/a,http://127.0.0.1/a",
    "http://127.0.0.1/a,http://www.127.0.0.1/a",
    "http://[::1]/a,http://[::2]/a",
    "https://example.com/a,ftp://example.com/a",
    "https://example.com/a,javascript:alert(1)",
    "https://example.com/a,https:///a",
    "https://example.com/a,https://exa_mple.com/a",
    "https://example.com/a,https://[broken/a"
  })
  void the_secret_never_reaches_another_site(String from, String location) {
    AkeebaException refused = refusal(() -> follow(from, location));
    assertThat(refused).as(location).isNotNull();
    assertThat(refused.kind()).isEqualTo(ErrorKind.CONFIGURATION);
  }

  @Test
  void a_chain_of_small_steps_does_not_lead_to_a_neighbour() {
    URI site = URI.create("https://shop.example.com/");
    URI parent = policy.follow(site, site, "https://example.com/", 1);
    AkeebaException refused =
        refusal(() -> policy.follow(site, parent, "https://neighbour.example.com/", 2));
    assertThat(refused.kind()).isEqualTo(ErrorKind.CONFIGURATION);
  }

  @Test
  void a_chain_does_not_come_back_from_https() {
    URI site = URI.create("http://example.com/");
    URI safe = policy.follow(site, site, "https://example.com/", 1);
    assertThat(refusal(() -> policy.follow(site, safe, "http://example.com/", 2))).isNotNull();
  }

  @Test
  void twenty_redirects_are_followed_and_no_more() {
    URI site = URI.create("https://example.com/a");
    assertThat(policy.follow(site, site, "/b", 20)).hasToString("https://example.com/b");
    assertThat(refusal(() -> policy.follow(site, site, "/b", 21)))
        .hasMessageContaining("after 20 redirects");
  }

  @Test
  void a_refused_redirect_names_both_ends_without_query_and_user() {
    AkeebaException refused =
        refusal(
            () ->
                follow(
                    "https://me:word1@example.com/a?_akeebaAuth=word2",
                    "https://me:word3@evil.org/b?_akeebaAuth=word4#word5"));
    assertThat(refused.getMessage())
        .contains("https://example.com/a")
        .contains("https://evil.org/b")
        .doesNotContain("word");
  }

  @Test
  void a_redirect_to_nowhere_is_refused() {
    assertThat(refusal(() -> follow("https://example.com/a", null)))
        .hasMessageContaining("no address is given");
    assertThat(refusal(() -> follow("https://example.com/a", " "))).isNotNull();
  }
}
