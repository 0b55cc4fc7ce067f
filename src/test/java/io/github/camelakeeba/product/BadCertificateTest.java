package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The site's TLS certificate is not good: at first contact, or for a while in mid-run. */
@Tag("slow")
@Tag("fault")
class BadCertificateTest {
  private static final Map<String, String[]> SIGNED =
      Map.of(
          "old", new String[] {"-ext", "san=ip:127.0.0.1", "-startdate", "-10d", "-validity", "5"},
          "early", new String[] {"-ext", "san=ip:127.0.0.1", "-startdate", "+5d", "-validity", "5"},
          "named", new String[] {"-ext", "san=dns:other.example", "-validity", "30"},
          "nameless", new String[] {"-validity", "30"},
          "good", new String[] {"-ext", "san=ip:127.0.0.1", "-validity", "30"});

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "old, 'its certificate has run out. Renew it on the web server'",
    "early, its certificate is not valid yet. Is the clock of this machine right?",
    "named, its certificate is for another name. Is the host in the url the right one?",
    "nameless, its certificate is for another name. Is the host in the url the right one?",
    "stranger, its certificate is not trusted. For a private certificate authority set ca."
  })
  void at_first_contact_it_is_final_and_the_sentence_says_which(String what, String sentence)
      throws Exception {
    SSLContext good = TestCertificate.signed(folder, SIGNED.get("good"));
    SSLContext shown =
        what.equals("stranger")
            ? TestCertificate.signedByAnother(SIGNED.get("good"))
            : TestCertificate.signed(folder, SIGNED.get(what));
    assertThat(good).isNotSameAs(shown);
    try (RunningProduct product = new RunningProduct(folder);
        SimulatedServer secure = SimulatedServer.start(shown)) {
      SimulatedSite shop = secure.joomla("shop").secret(RunningProduct.SECRET);
      product
          .site("shop", shop.url(), "ca: " + TestCertificate.PEM, "retry: {unreachable: 3}")
          .site("found", shop.address(), "ca: " + TestCertificate.PEM, "retry: {unreachable: 3}")
          .start();

      for (String name : new String[] {"shop", "found"}) {
        Event.Data told = product.backup(name).data();

        assertThat(told.error().kind()).isEqualTo("unreachable");
        assertThat(told.error().message())
            .startsWith("The TLS connection to 127.0.0.1 failed: " + sentence)
            .doesNotContain("It was tried");
      }
      assertThat(shop.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 12})
  void in_mid_run_it_is_an_outage_like_any_other(int connections) throws Exception {
    SSLContext wrong = TestCertificate.signedByAnother(SIGNED.get("good"));
    SSLContext good = TestCertificate.signed(folder, SIGNED.get("good"));
    try (RunningProduct product = new RunningProduct(folder);
        SimulatedServer secure = SimulatedServer.start(good);
        SimulatedServer impostor = SimulatedServer.start(wrong);
        Gateway way = new Gateway(secure.joomla("front").url())) {
      SimulatedSite shop = secure.joomla("shop").secret(RunningProduct.SECRET).steps(6);
      URI bad = impostor.joomla("shop").url();
      shop.fault(
          Fault.on("stepBackup")
              .nth(3)
              .inside(() -> way.leadAstray(bad, connections))
              .closeWithoutAnswer());
      URI url = shop.url();
      product
          .property("backup.recovery.pause = 5ms")
          .property("backup.recovery.retryPause = 50ms")
          .site(
              "shop",
              new URI(
                  "https", null, url.getHost(), way.port(), url.getPath(), url.getQuery(), null),
              "ca: " + TestCertificate.PEM,
              "retry: {unreachable: 2}")
          .start();

      Event.Data told = product.backup("shop").data();

      assertThat(told.state()).as("%s", told.error()).isEqualTo("completed");
      assertThat(told.attempts()).isEqualTo(1);
      assertThat(way.astray()).isZero();
      assertThat(shop.requests("startBackup")).hasSize(1);
      // a run that is claimed again has another session
      assertThat(shop.violations()).filteredOn(text -> !text.contains("session")).isEmpty();
      assertThat(impostor.connections()).isPositive();
    }
  }

  @Test
  void one_that_stays_bad_ends_the_run_when_retry_is_used_up() throws Exception {
    SSLContext wrong = TestCertificate.signedByAnother(SIGNED.get("old"));
    SSLContext good = TestCertificate.signed(folder, SIGNED.get("good"));
    try (RunningProduct product = new RunningProduct(folder);
        SimulatedServer secure = SimulatedServer.start(good);
        SimulatedServer impostor = SimulatedServer.start(wrong);
        Gateway way = new Gateway(secure.joomla("front").url())) {
      SimulatedSite shop = secure.joomla("shop").secret(RunningProduct.SECRET).steps(6);
      URI bad = impostor.joomla("shop").url();
      shop.fault(
          Fault.on("stepBackup")
              .nth(3)
              .inside(() -> way.leadAstray(bad, 1_000))
              .closeWithoutAnswer());
      URI url = shop.url();
      product
          .property("backup.recovery.pause = 1ms")
          .property("backup.recovery.retryPause = 50ms")
          .site(
              "shop",
              new URI(
                  "https", null, url.getHost(), way.port(), url.getPath(), url.getQuery(), null),
              "ca: " + TestCertificate.PEM,
              "retry: {unreachable: 1}")
          .start();

      Event.Error error = product.backup("shop").data().error();

      assertThat(error.kind()).isEqualTo("unreachable");
      assertThat(error.message()).contains("certificate", "It was tried 2 times.");
      assertThat(shop.requests("stepBackup")).hasSize(3);
    }
  }
}
