package io.github.camelakeeba.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.simulator.SimulatedSite;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Pictures of the page for people to look at, in {@code target/page}; the documents have them with
 * {@code mvn -Pbrowser test -Dtest=ScreenshotsTest -Dpage.pictures=docs/images}.
 */
@Tag("browser")
class ScreenshotsTest {
  private static final Path PICTURES = Path.of(System.getProperty("page.pictures", "target/page"));
  private static final int CALM = 60;
  private static final String SPARKLINES =
      "[...document.querySelectorAll('#grid .body .c5')]"
          + ".filter(cell => cell.style.backgroundImage.startsWith('url')).length";

  @TempDir Path folder;

  @Test
  void the_page_is_drawn_light_dark_narrow_and_printed() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).api();
        Browser browser = new Browser()) {
      start(product);
      URI address = product.service().apiAddress();
      browser.devtools("Emulation.setScrollbarsHidden", Map.of("hidden", true));
      browser.size(1280, 960);
      browser.signIn(address, "/", RunningProduct.TOKEN);
      browser.waitForText("#needs", "forum");
      browser.waitForText("#running", "25 %");
      browser.waitForText("#grid", "bakery");
      browser.until("sparklines", () -> browser.number(SPARKLINES) > 5);
      picture(browser, "page.png");
      browser.scheme("dark");
      picture(browser, "page-dark.png");
      browser.open(address, "/?site=bakery");
      browser.waitFor("#site .year td[data-letter=c]");
      browser.waitFor("#site .plot canvas");
      picture(browser, "site-dark.png");
      browser.scheme("light");
      browser.waitFor("#site .plot canvas");
      picture(browser, "site.png");
      browser.size(390, 844);
      picture(browser, "site-narrow.png");
      browser.open(address, "/");
      browser.waitForText("#grid", "bakery");
      picture(browser, "page-narrow.png");
      browser.size(1050, 740);
      browser.devtools("Emulation.setEmulatedMedia", Map.of("media", "print"));
      browser.settle();
      browser.script("requestAnimationFrame = () => 0; dispatchEvent(new Event('beforeprint'))");
      browser.picture(PICTURES.resolve("page-print.png")); // before anything is drawn anew
      browser.assertNoViolations();
    }
  }

  @Test
  void the_mail_of_a_failure_is_drawn() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).api();
        Browser browser = new Browser()) {
      site(product, "forum").failAt(2, "The disk is full: could not write to the archive file");
      product
          .yaml(
              """
              channels:
                ops: {type: mail, smtp: "%SMTP%", from: backup@example.com, to: [ops@example.com]}
              notify:
                - {on: failed, to: ops}
              """)
          .start();
      product.backup("forum");
      assertThat(product.smtp().waitForIncomingEmail(RunningProduct.PATIENCE.toMillis(), 1))
          .isTrue();
      MimeMultipart parts = (MimeMultipart) product.smtp().getReceivedMessages()[0].getContent();
      Path mail = folder.resolve("mail.html");
      Files.writeString(mail, (String) parts.getBodyPart(parts.getCount() - 1).getContent());
      browser.size(760, 620);
      browser.open(mail.toUri(), "");
      picture(browser, "mail.png");
    }
  }

  private static void picture(Browser browser, String name) throws Exception {
    Path file = PICTURES.resolve(name);
    browser.settle();
    browser.picture(file);
    assertThat(Files.size(file)).isGreaterThan(10_000);
  }

  private static void start(RunningProduct product) throws Exception {
    site(product, "bakery", "title: \"Müller's bakery\"", "tags: [customers, joomla]");
    site(product, "blog", "tags: [customers, wordpress]")
        .warnings(2, "Unreadable file /srv/site/wp-content/debug.log. Check permissions");
    site(product, "forum", "tags: [internal]")
        .failAt(2, "The disk is full: could not write to the archive file");
    for (String name : List.of("gallery", "library")) {
      site(product, name, "tags: [customers, joomla]").steps(400).stepTime(Duration.ofMillis(400));
    }
    for (int i = 0; i < CALM; i++) {
      site(product, "shop-%02d".formatted(i), "tags: [customers, wordpress]");
    }
    product.yaml("limits: {perHost: 30}\n").start();
    for (String name : List.of("bakery", "blog", "forum", "shop-00", "shop-01")) {
      product.backup(name);
    }
    Random random = new Random(3);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (int i = -5; i < CALM; i++) {
      String name =
          i < 0
              ? List.of("bakery", "blog", "forum", "gallery", "library").get(i + 5)
              : "shop-%02d".formatted(i);
      year(product, name, today, random);
    }
    product.request("gallery");
    product.request("library");
  }

  private static SimulatedSite site(RunningProduct product, String name, String... lines) {
    SimulatedSite site = product.server().joomla(name).secret(RunningProduct.SECRET).steps(5);
    String[] all = java.util.Arrays.copyOf(lines, lines.length + 2);
    all[lines.length] = "schedule: \"0 30 2 * * ?\"";
    all[lines.length + 1] = "zone: Europe/Athens";
    product.site(name, site.url(), all);
    return site;
  }

  /** A history that nobody had to wait for. */
  private static void year(RunningProduct product, String site, LocalDate today, Random random) {
    long size = 200_000_000 + random.nextInt(900_000_000);
    for (int ago = 300 + random.nextInt(60); ago > 0; ago--) {
      size += random.nextInt(8_000_000) - 2_500_000;
      int dice = random.nextInt(100);
      String worst = dice < 2 ? "failed" : dice < 3 ? "missed" : dice < 6 ? "warning" : "completed";
      if (dice > 97) {
        continue;
      }
      boolean good = dice >= 3;
      product
          .jdbc()
          .update(
              "insert into site_day (site, utc_day, worst, "
                  + worst
                  + ", size, duration_ms) values (?, ?, ?, 1, ?, ?)",
              site,
              today.minusDays(ago),
              worst,
              good ? (dice == 5 ? size / 3 : size) : null,
              good ? 240_000L + random.nextInt(90_000) : null);
    }
  }
}
