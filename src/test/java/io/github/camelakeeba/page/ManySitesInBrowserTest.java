package io.github.camelakeeba.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.RunningProduct;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Ten thousand sites: what is in the document does not grow with them. Prints what it took. */
@Tag("browser")
class ManySitesInBrowserTest {
  private static final int SITES = 10_000;
  private static final int MAX_NODES = 500;

  @TempDir Path folder;

  @Test
  void ten_thousand_sites_are_a_few_rows_in_the_document() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).api();
        Browser browser = new Browser()) {
      for (int i = 0; i < SITES; i++) {
        product.site(
            "shop-%05d".formatted(i),
            URI.create("http://127.0.0.1:9/" + i),
            "schedule: \"0 30 2 * * ?\"",
            "tags: [%s]".formatted(i % 10 == 0 ? "large" : "small"));
      }
      product.property("backup.api.rate = 0").start();
      browser.signIn(product.service().apiAddress(), "/", RunningProduct.TOKEN);
      browser.waitFor("[data-row='0']");
      long first =
          browser.number(
              "Math.round(performance.now() - performance.getEntriesByType('navigation')[0].responseEnd)");
      browser.waitForText("#count", "10,000");
      assertNodes(browser, "all");

      browser.script("document.querySelector('.scroller').scrollTop = 150000");
      browser.waitForText("[data-row='5000']", "shop-05000");
      assertNodes(browser, "scrolled");

      long search =
          browser.number(
              """
              (() => {
                const field = document.querySelector('#search'), start = performance.now();
                field.value = 'shop-04';
                field.dispatchEvent(new Event('input', {bubbles: true}));
                document.body.offsetHeight;
                return Math.round(performance.now() - start);
              })()""");
      browser.waitForText("#count", "1,000 of 10,000");
      browser.waitForText("[data-row='0']", "shop-04000");
      assertNodes(browser, "searched");
      browser.type("#search", Keys.ESCAPE);
      browser.click("[data-chip='tag large']");
      browser.waitForText("#count", "1,000 of 10,000");
      browser.waitForText("[data-row='1']", "shop-00010");
      long wave = longestTask(browser);
      browser.assertNoViolations();
      System.out.printf(
          "10,000 sites: first rows seen after %d ms at most, search %d ms, longest task in a wave %d ms, %d nodes, heap %d MB%n",
          first,
          search,
          wave,
          browser.number("document.querySelectorAll('*').length"),
          browser.number("Math.round(performance.memory.usedJSHeapSize / 1e6)"));
    }
  }

  /** What the stream brings at its most, 20 changes a second, for 15 s; milliseconds. */
  private static long longestTask(Browser browser) {
    return ((Number)
            browser.later(
                """
                const done = arguments[0], tabs = new BroadcastChannel('camel-akeeba-backup');
                let longest = 0, sent = 0;
                new PerformanceObserver((list) => list.getEntries().forEach((one) => { longest = Math.max(longest, one.duration); })).observe({type: 'longtask'});
                fetch('/api/sites?limit=300').then((answer) => answer.json()).then((sites) => {
                  const timer = setInterval(() => {
                    const site = sites[sent++ % sites.length];
                    tabs.postMessage(['site', site]);
                    if (sent === 300) { clearInterval(timer); done(Math.round(longest)); }
                  }, 50);
                });
                """))
        .longValue();
  }

  private static void assertNodes(Browser browser, String when) {
    assertThat(browser.number("document.querySelectorAll('*').length"))
        .as(when)
        .isLessThanOrEqualTo(MAX_NODES);
  }
}
