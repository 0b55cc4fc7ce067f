package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import io.github.camelakeeba.akeeba.ServerVersion;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.akeeba.http.RequestBody;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that was paused between the note of a call and its first byte does not send it. */
class HeldUpBeforeTheCallTest {
  @TempDir Path folder;

  @Test
  @Tag("fault")
  void a_call_that_was_noted_long_ago_is_never_sent() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
      product.site("shop", shop.url()).start();
      Site site = product.service().configuration().sites().get("shop");
      ApiQuery call =
          new ApiQuery(
              site, RequestBody.getVersion(), site.address().endpoint(), null, null, false);

      Exchange late = send(product, call.journaledAt(Instant.now().minusSeconds(13)));

      AkeebaException why = product.service().beans().failures().translate(late.getException());
      assertThat(why)
          .isInstanceOfSatisfying(
              LostResponseException.class,
              lost -> assertThat(lost.sendState()).isEqualTo(SendState.WITHHELD))
          .hasMessageContaining("held up before the call went out");
      assertThat(shop.requests()).isEmpty();

      Exchange soon = send(product, call.journaledAt(Instant.now().minusSeconds(3)));

      assertThat(soon.getMessage().getBody()).isInstanceOf(ServerVersion.class);
      assertThat(shop.requests()).hasSize(1);
      assertThat(shop.requests().get(0).headers()).doesNotContainKey("backup-noted");
    }
  }

  private static Exchange send(RunningProduct product, ApiQuery call) {
    return product
        .service()
        .context()
        .createProducerTemplate()
        .request("direct:akeeba-send", exchange -> exchange.getMessage().setBody(call));
  }
}
