package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.LostAnswerException;
import io.github.camelakeeba.akeeba.LostAnswerException.Reached;
import io.github.camelakeeba.akeeba.Question;
import io.github.camelakeeba.akeeba.RequestBody;
import io.github.camelakeeba.akeeba.ServerVersion;
import io.github.camelakeeba.demo.SimulatedSite;
import io.github.camelakeeba.site.Site;
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
    try (Product product = new Product(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(Product.SECRET);
      product.site("shop", shop.url()).start();
      Site site = product.service().configuration().sites().get("shop");
      Question call =
          new Question(
              site, RequestBody.getVersion(), site.address().endpoint(), null, null, false);

      Exchange late = send(product, call.noted(Instant.now().minusSeconds(13)));

      AkeebaException why = product.service().beans().failures().explain(late.getException());
      assertThat(why)
          .isInstanceOfSatisfying(
              LostAnswerException.class,
              lost -> assertThat(lost.reached()).isEqualTo(Reached.NOT_SENT))
          .hasMessageContaining("held up before the call went out");
      assertThat(shop.requests()).isEmpty();

      Exchange soon = send(product, call.noted(Instant.now().minusSeconds(3)));

      assertThat(soon.getMessage().getBody()).isInstanceOf(ServerVersion.class);
      assertThat(shop.requests()).hasSize(1);
      assertThat(shop.requests().get(0).headers()).doesNotContainKey("backup-noted");
    }
  }

  private static Exchange send(Product product, Question call) {
    return product
        .service()
        .context()
        .createProducerTemplate()
        .request("direct:akeeba-send", exchange -> exchange.getMessage().setBody(call));
  }
}
