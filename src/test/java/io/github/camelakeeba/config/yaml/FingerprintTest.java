package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two configurations have one fingerprint exactly if they say the same. */
class FingerprintTest {
  private static final String YAML =
      """
      defaults: {zone: Europe/Athens}
      sites:
        shop: {url: "https://shop.example/", secret: word-of-shop, tags: [a, b], download: {to: archives}}
        blog: {url: "https://blog.example/", secret: word-of-blog, title: Blog, overrides: {a: 1, b: 2}}
      limits: {concurrent: 7}
      channels:
        hook: {type: webhook, url: "https://erp.example/in", secret: key-of-hook, headers: {X-A: value}}
        ops: {type: mail, smtp: "smtp://mail.example", from: a@example.com, to: [b@example.com, c@example.com]}
        ping: {type: healthchecks, url: "https://hc.example/uuid"}
        bus: {type: camel, uri: "log:bus"}
      notify:
        - {on: failed, to: hook, quiet: "22:00-07:00"}
        - {on: [failed, missed], to: ops, sites: shop}
      triggers:
        - {name: one, from: "seda:one", map: {site: $.a}}
        - {name: two, from: "seda:two"}
      heartbeat: {channel: ping}
      reports: [{to: ops}]
      badges: {a: {key: abcdefghijklmnop}}
      history: {keep: 10d}
      """;

  @TempDir Path home;
  @TempDir Path otherHome;

  private static String of(Path home, String yaml) throws Exception {
    return new SitesLoader().load(LoaderMessage.write(home, yaml), text -> text).fingerprint();
  }

  @Test
  void it_is_the_same_on_another_node_and_in_another_order() throws Exception {
    String reordered =
        """
        badges: {a: {key: abcdefghijklmnop}}
        history: {keep: 240h}
        triggers:
          - {name: two, from: "seda:two"}
          - {name: one, from: "seda:one", map: {site: $.a}}
        notify:
          - {on: [missed, failed], to: [ops], sites: [shop]}
          - {on: failed, to: hook, quiet: "22:00-07:00"}
        reports: [{to: ops, every: weekly}]
        heartbeat: {channel: ping}
        channels:
          bus: {type: camel, uri: "log:bus"}
          ping: {type: healthchecks, url: "https://hc.example/uuid"}
          ops: {type: mail, smtp: "smtp://mail.example", from: a@example.com, to: [c@example.com, b@example.com]}
          hook: {type: webhook, url: "https://erp.example/in", secretFile: key, headers: {X-A: value}}
        limits: {concurrent: 7}
        sites:
          blog: {zone: Europe/Athens, url: "https://blog.example/", secret: word-of-blog, title: Blog, overrides: {b: 2, a: 1}}
          shop: {zone: Europe/Athens, url: "https://shop.example/", secret: word-of-shop, tags: [b, a], download: {to: archives}}
        defaults: {zone: Europe/Athens}
        """;
    Files.writeString(otherHome.resolve("key"), "key-of-hook");

    assertThat(of(otherHome, reordered)).isEqualTo(of(home, YAML)).matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @CsvSource({
    "word-of-shop, other-word",
    "key-of-hook, other-key",
    "X-A: value, X-A: other",
    "https://shop.example/, https://shop2.example/",
    "concurrent: 7, concurrent: 8",
    "22:00-07:00, 22:00-08:00",
    "'on: failed', 'on: missed'",
    "seda:two, seda:three",
    "c@example.com, d@example.com",
    "abcdefghijklmnop, abcdefghijklmnoq",
    "keep: 10d, keep: 11d",
    "to: archives, to: other",
    "Europe/Athens, Europe/Berlin",
    "'a: 1', 'a: 2'",
    "log:bus, log:other"
  })
  void whatever_has_an_effect_changes_it(String written, String other) throws Exception {
    assertThat(YAML).contains(written);
    assertThat(of(home, YAML.replace(written, other))).isNotEqualTo(of(home, YAML));
  }
}
