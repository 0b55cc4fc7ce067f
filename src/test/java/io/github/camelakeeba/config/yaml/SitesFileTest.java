package io.github.camelakeeba.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.DownloadSettings;
import io.github.camelakeeba.config.NotificationRule;
import io.github.camelakeeba.config.RemoteFilePolicy;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.SiteAddress;
import io.github.camelakeeba.config.proof.CensusSettings;
import io.github.camelakeeba.config.proof.ProofSettings;
import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.SecretMasker;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the file says arrives whole: own keys, defaults, property functions, secrets. */
class SitesFileTest {
  @TempDir Path home;

  private Configuration load(String yaml, Map<String, String> environment) throws Exception {
    return new SitesLoader()
        .load(LoaderMessage.write(home, yaml), LoaderMessage.environment(environment));
  }

  @Test
  void the_file_of_a_fresh_clone_loads_and_says_that_there_is_no_site() {
    SitesLoader file = new SitesLoader();
    Configuration configuration = file.load(Path.of("config/sites.yaml"), text -> text);
    assertThat(configuration.sites()).isEmpty();
    assertThat(file.warnings(configuration))
        .containsExactly("sites: there is no site yet; nothing will be backed up");
  }

  @Test
  void the_example_of_a_fresh_clone_loads_once_it_is_no_comment_any_more() throws Exception {
    Files.createDirectories(home.resolve("run"));
    Files.writeString(home.resolve("run/blog"), "word");
    String example =
        Files.readString(Path.of("config/sites.yaml"))
            .replace("sites: {}", "sites:")
            .replaceAll("(?m)^#( |channels|notify)", "$1")
            .replaceAll("(?m)^ [A-Z].*$", "")
            .replaceAll("(?m)^ yaml.*$", "")
            .replace("/run/secrets/blog", "run/blog");
    Configuration configuration =
        load(example, Map.of("SHOP_SECRET", "shop-secret", "SMTP_PASSWORD", "smtp-secret"));
    assertThat(configuration.sites()).containsOnlyKeys("shop", "blog");
    assertThat(configuration.channels()).containsOnlyKeys("ops");
    assertThat(configuration.rules()).hasSize(1);
  }

  @Test
  void every_default_is_that_of_the_product_page() throws Exception {
    Configuration configuration =
        load(
            """
            sites:
              shop:
                url: https://Shop.example.com/remote.php
                secret: the-word
            """,
            Map.of());
    Site shop = configuration.sites().get("shop");
    assertThat(shop)
        .isEqualTo(
            new Site(
                "shop",
                SiteAddress.parse("https://Shop.example.com/remote.php"),
                new Secret("the-word"),
                null,
                null,
                ZoneId.systemDefault(),
                1,
                "Backup of {site}, {date} {time}",
                "",
                Map.of(),
                "shop.example.com",
                Duration.ofMinutes(15),
                Duration.ofMinutes(20),
                Duration.ofMinutes(30),
                new Site.Retry(3, 1),
                true,
                List.of(),
                null,
                null,
                Duration.ofHours(6),
                null,
                null,
                RemoteFilePolicy.KEEP,
                50,
                null,
                ProofSettings.NONE));
    assertThat(configuration.limits()).isEqualTo(new Limits(50, 1, Duration.ofMinutes(30)));
    assertThat(configuration.historyKeep()).isEqualTo(Duration.ofDays(400));
    assertThat(configuration.channels()).isEmpty();
    assertThat(configuration.rules()).isEmpty();
  }

  @Test
  void a_site_overrules_defaults_key_by_key() throws Exception {
    Files.writeString(home.resolve("word"), " from-file \n");
    Configuration configuration =
        load(
            """
            defaults:
              zone: Europe/Athens
              secret: in-common
              retry: {unreachable: 5}
              overrides: {a.b: 1, c.d: true}
              tags: customers
              stepTimeout: 1h30m
            sites:
              shop: {url: "https://a.example/remote.php"}
              blog:
                url: https://b.example/remote.php
                secretFile: word
                zone: UTC
                retry: {untrusted: 0}
                overrides: {a.b: "2", e: 1.5}
                tags: [x, y]
                busyWait: 0s
                stepTimeout: PT1M
                host: Web7
                enabled: false
            """,
            Map.of());
    Site shop = configuration.sites().get("shop");
    assertThat(shop.zone()).isEqualTo(ZoneId.of("Europe/Athens"));
    assertThat(shop.secret().reveal()).isEqualTo("in-common");
    assertThat(shop.retry()).isEqualTo(new Site.Retry(5, 1));
    assertThat(shop.overrides()).isEqualTo(Map.of("a.b", "1", "c.d", "1"));
    assertThat(shop.tags()).containsExactly("customers");
    assertThat(shop.stepTimeout()).isEqualTo(Duration.ofMinutes(90));
    Site blog = configuration.sites().get("blog");
    assertThat(blog.zone()).isEqualTo(ZoneId.of("UTC"));
    assertThat(blog.secret().reveal()).isEqualTo("from-file");
    assertThat(blog.retry()).isEqualTo(new Site.Retry(5, 0));
    assertThat(blog.overrides()).isEqualTo(Map.of("a.b", "2", "c.d", "1", "e", "1.5"));
    assertThat(blog.tags()).containsExactly("x", "y");
    assertThat(blog.busyWait()).isZero();
    assertThat(blog.stepTimeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(blog.host()).isEqualTo("web7");
    assertThat(blog.enabled()).isFalse();
  }

  @Test
  void property_functions_may_stand_in_any_value() throws Exception {
    Configuration configuration =
        load(
            """
            limits: {concurrent: "{{env:C}}", spread: "{{env:D}}"}
            sites:
              shop:
                url: "https://{{env:HOST}}/remote.php"
                secret: "{{env:N}}"
                profile: "{{env:N}}"
                enabled: "{{env:NO}}"
                retry: {unreachable: "{{env:C}}"}
                tags: ["t{{env:N}}"]
                overrides: {k: "{{env:N}}"}
                comment: "{{env:N}} {x} {{env:NO}}"
            """,
            Map.of("C", "7", "N", "774411", "D", "5m", "HOST", "x.example", "NO", "false"));
    Site shop = configuration.sites().get("shop");
    assertThat(configuration.limits()).isEqualTo(new Limits(7, 1, Duration.ofMinutes(5)));
    assertThat(shop.url()).hasToString("https://x.example/remote.php");
    assertThat(shop.secret().reveal()).isEqualTo("774411");
    assertThat(shop.profile()).isEqualTo(774411);
    assertThat(shop.enabled()).isFalse();
    assertThat(shop.retry().unreachable()).isEqualTo(7);
    assertThat(shop.tags()).containsExactly("t774411");
    assertThat(shop.overrides()).containsEntry("k", "774411");
    assertThat(shop.comment()).isEqualTo("774411 {x} false");
  }

  @Test
  void camel_itself_resolves_and_misses_as_expected() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.getPropertiesComponent().addOverrideProperty("shop.word", "from-properties");
      String yaml =
          """
          sites:
            shop:
              url: https://x.example/remote.php
              secret: "{{shop.word}}"
              comment: "{{env:SURELY_NOT_SET:none}}"
              profile: "{{env:SURELY_NOT_SET}}"
              schedule: "{{surely.not.set}}"
          """;
      Path file = LoaderMessage.write(home, yaml);
      assertThatThrownBy(() -> new SitesLoader().load(file, camel::resolvePropertyPlaceholders))
          .hasMessage(
              String.join(
                  System.lineSeparator(),
                  "config/sites.yaml:6: sites.shop.profile: the environment variable"
                      + " SURELY_NOT_SET is not set",
                  "config/sites.yaml:7: sites.shop.schedule: {{surely.not.set}} cannot be resolved;"
                      + " is it set in config/application.properties, or env: forgotten?"));
      Files.writeString(file, yaml.replaceAll("(?m)^ *(profile|schedule):.*\n", ""));
      Site shop =
          new SitesLoader().load(file, camel::resolvePropertyPlaceholders).sites().get("shop");
      assertThat(shop.secret().reveal()).isEqualTo("from-properties");
      assertThat(shop.comment()).isEqualTo("none");
    }
  }

  @Test
  void channels_and_rules_take_a_word_or_a_list() throws Exception {
    Files.writeString(home.resolve("password"), "pass-in-file\n");
    Configuration configuration =
        load(
            """
            sites: {shop: {url: "https://x.example/remote.php", secret: s3cret-word}}
            channels:
              ops:
                type: mail
                smtp: smtp://mail.example.com
                username: me
                passwordFile: password
                from: Backup <backup@example.com>
                to: ops@example.com
                cc: [a@example.com, b@example.com]
              hook: {type: webhook, url: "http://127.0.0.1:8081/in?token=abc"}
            notify:
              - {on: failed, to: ops}
              - {on: [missed, recovered], to: [ops, hook], sites: shop}
            """,
            Map.of());
    assertThat(configuration.channels().get("ops"))
        .isEqualTo(
            new Channel.Mail(
                "ops",
                URI.create("smtp://mail.example.com:25"),
                "me",
                new Secret("pass-in-file"),
                "Backup <backup@example.com>",
                List.of("ops@example.com"),
                List.of("a@example.com", "b@example.com"),
                List.of(),
                null));
    assertThat(configuration.channels().get("hook"))
        .isEqualTo(
            new Channel.Webhook(
                "hook",
                new Secret("http://127.0.0.1:8081/in?token=abc"),
                SignatureSettings.NONE,
                Map.of(),
                null));
    assertThat(configuration.rules())
        .containsExactly(
            rule(Set.of("failed"), List.of(), List.of("ops")),
            rule(Set.of("missed", "recovered"), List.of("shop"), List.of("ops", "hook")));
  }

  @Test
  void mail_domains_beyond_ascii_are_kept_in_the_form_that_every_server_takes() throws Exception {
    Channel.Mail mail =
        (Channel.Mail)
            load(
                    """
                    sites: {shop: {url: "https://x.example/remote.php", secret: s3cret-word}}
                    channels:
                      ops:
                        type: mail
                        smtp: smtp://mail.example.com
                        from: Büro <b@müller.example>
                        to: [ops@bücher.example, "Zoë <zoe@bücher.example>"]
                        helo: backup.example.com
                    """,
                    Map.of())
                .channels()
                .get("ops");
    assertThat(mail.from()).isEqualTo("Büro <b@xn--mller-kva.example>");
    assertThat(mail.to())
        .containsExactly("ops@xn--bcher-kva.example", "Zoë <zoe@xn--bcher-kva.example>");
    assertThat(mail.helo()).isEqualTo("backup.example.com");
  }

  private static NotificationRule rule(Set<String> on, List<String> sites, List<String> to) {
    return new NotificationRule(on, sites, List.of(), List.of(), Set.of(), to, 1, null, null, null);
  }

  @Test
  void nothing_that_prints_the_configuration_prints_a_secret() throws Exception {
    Configuration configuration =
        load(
            """
            sites:
              shop: {url: "https://me:p%40ss-basic@x.example/remote.php", secret: top-secret-1}
            channels:
              hook: {type: webhook, url: "https://x.example/top-secret-2"}
              ops: {type: mail, smtp: "smtps://m.example", username: u, password: top-secret-3,
                    from: a@b.c, to: a@b.c}
            """,
            Map.of());
    Site shop = configuration.sites().get("shop");
    assertThat(shop.basicAuth().reveal()).isEqualTo("me:p@ss-basic");
    assertThat(shop.url()).hasToString("https://x.example/remote.php");
    assertThat(configuration.toString()).doesNotContain("top-secret", "p@ss", "p%40ss");
    assertThat(SecretMasker.mask("a p@ss-basic b p%40ss-basic c bWU6cEBzcy1iYXNpYw== d"))
        .isEqualTo("a *** b *** c *** d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://x.example/index.php?option=com_akeebabackup&view=api&format=raw",
        "https://x.example/?option=com_akeebabackup&view=Api",
        "http://[::1]:8080/joomla/index.php?view=api&option=com_akeeba&format=raw",
        "https://x.example/wp-admin/admin-ajax.php?action=akeebabackup_api",
        "https://x.example/index.php?view=api&format=raw",
        "https://x.example/solo/remote.php",
        "https://x.example/api/index.php/v2/akeebabackup",
      })
  void every_endpoint_of_the_protocol_is_taken_as_it_is(String url) {
    assertThat(SiteAddress.parse(url).endpoint().url()).hasToString(url);
    assertThat(SiteAddress.parse(url).url()).hasToString(url);
  }

  @Test
  void a_host_beyond_ascii_gets_its_technical_name() {
    assertThat(SiteAddress.parse("https://bücher.example/remote.php").url())
        .hasToString("https://xn--bcher-kva.example/remote.php");
  }

  @Test
  void a_server_of_buckets_in_plain_http_is_told_once_and_this_machine_is_none() throws Exception {
    Configuration configuration =
        new SitesLoader()
            .load(
                """
                defaults: {secret: word-of-all}
                sites:
                  a: {url: "https://a.example", download: {to: "s3://b/{site}?endpoint=http://minio:9000&pathStyle=true"}}
                  b: {url: "https://b.example", download: {to: "s3://b/{site}?pathStyle=true&endpoint=http%3A%2F%2Fminio:9000"}}
                  c: {url: "https://c.example", download: {to: "s3://b/{site}?endpoint=http://127.0.0.1:9000"}}
                  d: {url: "https://d.example", download: {to: "s3://b/{site}?endpoint=https://s3.example"}}
                  e: {url: "https://e.example", download: {to: "s3://b/{site}"}}
                """,
                "config/sites.yaml", Path.of("."), text -> text);
    assertThat(new SitesLoader().warnings(configuration))
        .filteredOn(warning -> warning.contains("endpoint"))
        .containsExactly(
            "sites.a.download.to: the endpoint is plain http; whoever listens reads the archives,"
                + " with all that is in their databases; write https");
  }

  @Test
  void a_watched_site_that_can_never_be_missed_is_a_warning() throws Exception {
    Configuration configuration =
        load(
            """
            sites:
              a: {url: "https://a.example/", secret: s3cret-word, watch: true}
              b: {url: "https://b.example/", secret: s3cret-word, watch: true, overdueAfter: 26h}
              c: {url: "https://c.example/", secret: s3cret-word, watch: true,
                  schedule: "0 0 2 * * ?"}
              d: {url: "https://d.example/", secret: s3cret-word, watch: true, enabled: false}
            channels: {bus: {type: camel, uri: "mock:bus"}}
            notify: [{on: [missed], to: bus}]
            """,
            Map.of());
    assertThat(new SitesLoader().warnings(configuration))
        .containsExactly(
            "sites.a.watch: the site has neither a schedule nor overdueAfter; nobody is told when"
                + " the other clients take no more backups; write overdueAfter");
  }

  @Test
  void what_is_allowed_but_hardly_meant_is_a_warning() throws Exception {
    Configuration configuration =
        load(
            """
            sites:
              a: {url: "http://x.example/remote.php", secret: s3cret-word}
              b: {url: "http://x.example/remote.php", secret: s3cret-word, schedule: "0 0 2 1 1 ? 2020"}
              c: {url: "http://localhost:81/remote.php", secret: s3cret-word, zone: UTC,
                  schedule: "0 0 2 ? * SUN", overdueAfter: 26h}
            channels:
              hook: {type: webhook, url: "http://x.example/in"}
            """,
            Map.of());
    assertThat(new SitesLoader().warnings(configuration))
        .containsExactly(
            "notify: there is no rule; nobody is notified how a backup ends",
            "sites.a.url: plain http; whoever listens reads the secret; write https",
            "sites.b.url: plain http; whoever listens reads the secret; write https",
            "sites.b.schedule: never fires again",
            "sites.b.url: the same as of a; two backups of one site destroy each other",
            "sites.c.overdueAfter: shorter than the schedule's longest gap (7d); it will alarm"
                + " although nothing is wrong",
            "channels.hook.url: plain http; whoever listens reads the secret; write https");
  }

  @Test
  void a_secret_that_is_short_is_a_warning_and_one_below_four_letters_is_not_masked()
      throws Exception {
    Configuration configuration =
        load(
            """
            sites:
              a: {url: "https://a.example/remote.php", secret: abcde}
              b: {url: "https://b.example/api/index.php/v3/akeebabackup", token: abc}
              c: {url: "https://c.example/remote.php", secret: abcdef}
            channels:
              hook: {type: webhook, url: "https://x.example/in", secret: k, previousSecret: abcde}
              ops: {type: mail, to: [o@x.example], from: b@x.example, smtp: "smtp://x.example", username: u, password: abcd}
            notify: [{on: failed, to: ops}]
            triggers:
              - {name: t, from: "servlet:/hooks/t", secret: abc}
            """,
            Map.of());
    String lost = ": shorter than 6 characters; logs and messages lose every word that holds it";
    String bare = ": shorter than 6 characters; it is not masked in logs and messages, since";
    assertThat(new SitesLoader().warnings(configuration))
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).startsWith("sites.a.secret: shorter than 6 characters; Akeeba"),
            one -> assertThat(one).startsWith("sites.b.token" + bare),
            one -> assertThat(one).startsWith("channels.hook.secret" + bare),
            one -> assertThat(one).isEqualTo("channels.hook.previousSecret" + lost),
            one -> assertThat(one).isEqualTo("channels.ops.password" + lost),
            one -> assertThat(one).startsWith("triggers.t.secret" + bare));
  }

  @Test
  void ten_thousand_sites_load_in_seconds() throws Exception {
    StringBuilder yaml = new StringBuilder("defaults: {secret: s3cret-word}\nsites:\n");
    for (int i = 0; i < 10_000; i++) {
      yaml.append(
          "  s%d: {url: 'https://s%d.example/remote.php', schedule: '0 %d %d * * ?'}%n"
              .formatted(i, i, i % 60, i % 24));
    }
    long before = System.nanoTime();
    Configuration configuration = load(yaml.toString(), Map.of());
    assertThat(configuration.sites()).hasSize(10_000);
    assertThat(new SitesLoader().warnings(configuration)).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
  }

  @Test
  void the_folder_of_archives_is_no_secret() throws Exception {
    Site shop =
        load(
                """
                sites:
                  shop:
                    url: https://x.example
                    secret: hunter2hunter2
                    download: {to: "archives-of/{site}", keep: 7, keepMonthly: 12}
                    onServer: deleteFiles
                """,
                Map.of())
            .sites()
            .get("shop");
    assertThat(shop.download())
        .isEqualTo(
            new DownloadSettings(
                home.resolve("archives-of/shop").toAbsolutePath(), null, 7, null, null, 12, null));
    assertThat(shop.onServer()).isEqualTo(RemoteFilePolicy.DELETE_FILES);
    assertThat(SecretMasker.mask("in archives-of/shop")).isEqualTo("in archives-of/shop");
  }

  @Test
  void a_word_in_place_of_an_address_is_not_masked() throws Exception {
    Site shop =
        load(
                """
                sites:
                  shop:
                    url: https://shop.example.com/remote.php
                    secret: hunter2hunter2
                    restoreTest: {database: embedded}
                """,
                Map.of())
            .sites()
            .get("shop");
    assertThat(shop.proof().restoreTest().embedded()).isTrue();
    assertThat(SecretMasker.mask("in data/restore/embedded-1"))
        .isEqualTo("in data/restore/embedded-1");
  }

  /** The password of an archive is whatever was typed into the site's profile. */
  @Test
  void an_archive_password_keeps_the_white_space_at_its_ends() throws Exception {
    Files.createDirectories(home.resolve("run"));
    Files.writeString(home.resolve("run/of-blog"), "\uFEFF\tof the blog \r\n");
    Map<String, Site> sites =
        load(
                """
                defaults: {secret: hunter2hunter2}
                sites:
                  shop: {url: https://shop.example.com/remote.php, archivePassword: " of the shop "}
                  blog: {url: https://blog.example.com/remote.php, archivePasswordFile: run/of-blog}
                """,
                Map.of())
            .sites();
    assertThat(sites.get("shop").proof().archivePassword().reveal()).isEqualTo(" of the shop ");
    assertThat(sites.get("blog").proof().archivePassword().reveal()).isEqualTo("\tof the blog ");
    assertThat(SecretMasker.mask("with ' of the shop '")).isEqualTo("with ' *** '");
  }

  @Test
  void how_a_site_is_proved_is_merged_with_the_defaults() throws Exception {
    Files.createDirectories(home.resolve("run"));
    Files.writeString(home.resolve("run/restore"), "scratch-pass-word\n");
    Map<String, Site> sites =
        load(
                """
                defaults:
                  restoreTest: {database: "jdbc:mariadb://db:3306", user: restore, passwordFile: run/restore}
                sites:
                  shop:
                    url: https://shop.example.com/remote.php
                    secret: hunter2hunter2
                    archivePassword: of-the-archives
                    census: {ignore: ["*_visits", Basket]}
                    restoreTest: {every: 30d}
                    provedOverdueAfter: 90d
                    watch: true
                    download: {to: archives, verify: {every: 90d}}
                  blog:
                    url: https://blog.example.com/remote.php
                    secret: hunter2hunter2
                    download: {to: archives, verify: {every: never}}
                """,
                Map.of())
            .sites();
    ProofSettings shop = sites.get("shop").proof();
    assertThat(shop)
        .isEqualTo(
            new ProofSettings(
                new Secret("of-the-archives"),
                new CensusSettings(List.of("*_visits", "Basket")),
                new RestoreTestSettings(
                    Duration.ofDays(30),
                    Secret.address("jdbc:mariadb://db:3306"),
                    "restore",
                    new Secret("scratch-pass-word")),
                Duration.ofDays(90),
                true));
    assertThat(shop.census().ignores("#__shop_visits")).isTrue();
    assertThat(shop.census().ignores("#__basket")).isTrue();
    assertThat(shop.census().ignores("#__visits_of_shop")).isFalse();
    assertThat(sites.get("shop").download().verifyEvery()).isEqualTo(Duration.ofDays(90));
    assertThat(sites.get("blog").proof().restoreTest().every()).isNull();
    assertThat(sites.get("blog").proof().census()).isEqualTo(CensusSettings.SHIPPED);
    assertThat(sites.get("blog").download().verifyEvery()).isNull();
  }
}
