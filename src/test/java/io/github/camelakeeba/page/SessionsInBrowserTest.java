package io.github.camelakeeba.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.RunningProduct;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The service stops under an open page, and forgets its sessions. */
@Tag("browser")
class SessionsInBrowserTest {
  @TempDir Path folder;

  @Test
  void after_a_restart_one_signs_in_again_and_is_where_one_was() throws Exception {
    int port = Ports.free();
    try (RunningProduct product = new RunningProduct(folder).api().durable();
        Browser browser = new Browser()) {
      product
          .site("shop", product.server().joomla("shop").secret(RunningProduct.SECRET).url())
          .property("backup.api.port = " + port)
          .start();
      URI address = product.service().apiAddress();
      browser.signIn(address, "/?site=shop", RunningProduct.TOKEN);
      browser.waitForText("#site h2", "shop");

      product.stop();
      browser.waitForText("#trouble", "Not connected since");
      product.startAsItIs();
      browser.waitFor("#sign-in[open]");
      browser.waitForText("#sign-in-why", "Your session has ended");
      browser.type("#token", RunningProduct.TOKEN, Keys.ENTER);
      browser.waitForNo("#sign-in[open]");
      assertThat(browser.place()).isEqualTo("/?site=shop");

      product.request("shop");
      browser.waitForText("#site .runs", "completed");
      browser.assertNoViolations();
    }
  }
}
