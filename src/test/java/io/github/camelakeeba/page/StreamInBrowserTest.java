package io.github.camelakeeba.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.RunningProduct;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page goes by what the stream tells, and asks in between only now and then. */
@Tag("browser")
class StreamInBrowserTest {
  private static final String ASKED =
      "performance.getEntriesByType('resource').filter((e) => e.name.endsWith('/api/summary'))";

  @TempDir Path folder;

  @Test
  void after_an_answer_that_failed_the_page_goes_by_its_stream_again() throws Exception {
    try (RunningProduct product = new RunningProduct(folder).api();
        Browser browser = new Browser()) {
      product
          .site("shop", product.server().joomla("shop").secret(RunningProduct.SECRET).url())
          .start();
      browser.signIn(product.service().apiAddress(), "/", RunningProduct.TOKEN);
      browser.waitForText("#count", "1");
      browser.script(
          """
          const real = window.fetch;
          window.fetch = (...a) => String(a[0]).endsWith('/api/summary')
            ? (window.fetch = real, Promise.resolve(new Response('{}', {status: 503})))
            : real(...a);""");
      browser.waitForText("#trouble", "since");
      await()
          .atMost(Browser.PATIENCE)
          .until(
              () ->
                  browser.number("document.querySelector('#trouble').innerText.trim().length")
                      == 0);
      long back = browser.number(ASKED + ".length");

      // without a stream it asks each 5 s, with one each 15 s; a slow machine asks later, not
      // sooner
      await().atMost(Browser.PATIENCE).until(() -> browser.number(ASKED + ".length") >= back + 2);
      long gap =
          browser.number(
              "(() => { const all = %s; return Math.round(all[%d].startTime - all[%d].startTime); })()"
                  .formatted(ASKED, back + 1, back));
      assertThat(gap).isGreaterThan(10_000);
    }
  }
}
