package io.github.camelakeeba.api;

import static io.github.camelakeeba.api.RequestsByApiTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.api.ApiClient.Answer;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A badge as the pages that show it get it. */
@Tag("slow")
class BadgesByHttpTest {
  @TempDir static Path folder;
  private static RunningProduct product;
  private static ApiClient api;

  @BeforeAll
  static void start() throws Exception {
    product = new RunningProduct(folder);
    SimulatedSite good = product.server().joomla("good").secret(RunningProduct.SECRET).steps(2);
    SimulatedSite bad = product.server().joomla("bad").secret(RunningProduct.SECRET).steps(2);
    bad.failAt(1, "no");
    product
        .site("good", good.url(), "tags: [customers]", "badge: key-of-good-0123456789")
        .site("bad", bad.url(), "tags: [customers]", "badge: key-of-bad-0123456789")
        .site("new", good.url(), "tags: [customers]", "badge: key-of-new-0123456789")
        .yaml("badges:\n  customers: {key: key-of-customers-0123456789}\n")
        .api()
        .start();
    product.backup("good");
    product.backup("bad");
    api = new ApiClient(product);
  }

  @AfterAll
  static void close() throws Exception {
    product.close();
  }

  private static Answer badge(String file) throws Exception {
    return api.send(api.bare("/badge/" + file).GET());
  }

  @Test
  void it_shows_how_its_site_or_the_sites_with_its_tag_stand() throws Exception {
    assertThat(badge("key-of-good-0123456789.svg").text()).contains(">completed<");
    assertThat(badge("key-of-bad-0123456789.svg").text()).contains(">failed<");
    assertThat(badge("key-of-new-0123456789.svg").text()).contains(">never<");
    assertThat(badge("key-of-customers-0123456789.svg").text()).contains(">1 of 3 failed<");
  }

  @Test
  void pages_of_others_may_show_it_and_keep_it_for_half_a_minute() throws Exception {
    Answer badge = badge("key-of-good-0123456789.svg");

    assertThat(badge.status()).isEqualTo(200);
    assertThat(badge.type()).isEqualTo("image/svg+xml");
    var headers = badge.response().headers();
    assertThat(headers.allValues("Cache-Control")).containsExactly("public, max-age=30");
    assertThat(headers.allValues("Cross-Origin-Resource-Policy")).containsExactly("cross-origin");
    assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(headers.firstValue("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key-of-nobody-0123456789.svg",
        "key-of-good-0123456789",
        "good.svg",
        "customers.svg",
        "key-of-good-0123456789.svg/",
        "x.svg?file=key-of-good-0123456789.svg",
      })
  void any_other_address_is_404_and_names_nothing(String file) throws Exception {
    Answer answer = badge(file);

    assertThat(answer.status()).isIn(200, 401, 404);
    if (!file.endsWith("/")) {
      assertThat(answer.status()).isEqualTo(404);
      problem(answer, "there is no such badge");
    }
    assertThat(answer.text()).doesNotContain("customers", "0123456789");
  }
}
