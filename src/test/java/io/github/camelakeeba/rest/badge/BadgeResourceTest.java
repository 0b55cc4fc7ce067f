package io.github.camelakeeba.rest.badge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Badge;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.secret.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class BadgeResourceTest {
  private static final String SITE = "key-of-the-shop-0123";
  private static final String TAG = "key-of-customers-0123";

  private final Map<String, Integer> states = new HashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private Instant now = Instant.parse("2026-11-30T03:00:00Z");
  private final BadgeResource badges =
      new BadgeResource(
          List.of(
              new Badge(new Secret(SITE), "shop", null),
              new Badge(new Secret(TAG), null, "customers")),
          badge -> {
            asked.incrementAndGet();
            return states;
          },
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  private String image(String key) {
    RestResponse response = badges.image(key + ".svg");
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.mediaType()).isEqualTo("image/svg+xml");
    return (String) response.body();
  }

  @ParameterizedTest
  @CsvSource({
    "completed, #2e7d32",
    "warning, #8a5300",
    "failed, #c62828",
    "missed, #7b1fa2",
    "running, #1565c0",
    "paused, #546e7a",
    "never, #616161",
  })
  void the_badge_of_a_site_says_its_state_in_a_word_and_a_colour(String state, String colour)
      throws Exception {
    states.put(state, 1);

    String svg = image(SITE);

    var root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new java.io.StringReader(svg)))
            .getDocumentElement();
    assertThat(root.getNodeName()).isEqualTo("svg");
    assertThat(root.getAttribute("aria-label")).isEqualTo("backup: " + state);
    assertThat(svg).contains(">" + state + "<", "fill=\"" + colour + "\"").doesNotContain("shop");
  }

  @Test
  void the_badge_of_a_tag_says_the_worst_and_how_many() {
    states.putAll(Map.of("completed", 11, "failed", 2, "warning", 1));

    assertThat(image(TAG)).contains(">2 of 14 failed<").doesNotContain("customers");
  }

  @Test
  void the_badge_of_a_tag_without_sites_says_never() {
    assertThat(image(TAG)).contains(">0 of 0 never<");
  }

  @Test
  void digits_are_those_of_svg_whatever_the_machine_writes() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      states.put("completed", 14);
      assertThat(image(TAG)).contains("height=\"20\"", ">14 of 14 completed<");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void an_image_is_drawn_each_thirty_seconds_however_often_it_is_looked_at() {
    states.put("completed", 1);
    image(SITE);
    states.put("failed", 1);
    now = now.plus(Duration.ofSeconds(29));
    assertThat(image(SITE)).contains("completed");
    assertThat(asked).hasValue(1);
    now = now.plusSeconds(1);
    assertThat(image(SITE)).contains("failed");
    now = now.minus(Duration.ofHours(1)); // a clock that was set right
    image(SITE);
    assertThat(asked).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key-of-the-shop-0123",
        "key-of-the-shop-0123.SVG",
        "key-of-the-shop-0123.svg.svg",
        "key-of-the-shop-012.svg",
        "key-of-the-shop-01234.svg",
        "KEY-of-the-shop-0123.svg",
        "shop.svg",
        ".svg",
        "",
      })
  void an_unknown_key_is_404_with_the_same_words(String file) {
    RestResponse response = badges.image(file);

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body().toString())
        .contains("there is no such badge")
        .doesNotContain("key-of");
    assertThat(asked).hasValue(0);
  }
}
