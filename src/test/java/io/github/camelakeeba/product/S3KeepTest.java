package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.s3.S3Server;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives in a bucket: the whole way from the site, and no key of it in any text. */
@Tag("s3")
@Tag("fault")
class S3KeepTest {
  @TempDir Path folder;
  private RunningProduct product;
  private SimulatedSite shop;
  private S3Server server;
  private Gateway wire;

  @BeforeEach
  void open() throws Exception {
    server = S3Server.start(folder);
    wire = new Gateway(URI.create("http://" + server.address()));
    product = new RunningProduct(folder);
    shop = product.server().joomla("shop").secret(RunningProduct.SECRET).steps(3);
  }

  @AfterEach
  void close() throws Exception {
    product.close();
    wire.close();
    server.close();
    assertThat(shop.violations()).isEmpty();
  }

  private void start(String secretKey) throws Exception {
    String uri =
        "s3://vault/archives/{site}?endpoint=http://127.0.0.1:%s&accessKey=%s&secretKey=RAW(%s)"
            .formatted(wire.port(), S3Server.ACCESS_KEY, secretKey);
    product
        .site(
            "shop",
            shop.url(),
            "download: {to: \"" + uri + "\", keep: 2}",
            "onServer: deleteFiles",
            "retry: {unreachable: 1}")
        .start();
  }

  @Test
  void archives_go_to_the_bucket_old_ones_are_let_go_and_no_key_is_told() throws Exception {
    SecretSpellings secrets = new SecretSpellings(Map.of("secret key", S3Server.SECRET_KEY));
    try (LeakWatch watch = LeakWatch.start(secrets)) {
      shop.parts(2).size(300_000);
      start(S3Server.SECRET_KEY);

      Event first = product.backup("shop");
      assertThat(first.data().error()).isNull();
      assertThat(first.data().downloaded())
          .hasSize(2)
          .allMatch(file -> file.startsWith("s3://vault/archives/shop/"));
      assertThat(server.keys()).hasSize(2).contains("archives/shop/" + first.data().archive());
      product.backup("shop");
      Event third = product.backup("shop");

      assertThat(third.data().state()).isEqualTo("completed");
      assertThat(server.keys())
          .hasSize(4)
          .contains("archives/shop/" + third.data().archive())
          .doesNotContain("archives/shop/" + first.data().archive());

      wire.cut();
      Event down = product.backup("shop");
      assertThat(down.data().error().kind()).isEqualTo("unreachable");
      assertThat(down.data().error().message())
          .contains(
              "is on the site (record 4)",
              "s3://vault/archives/shop does not accept it: ",
              ". It was tried 2 times.");
      assertThat(shop.requests("startBackup")).hasSize(4);
      assertThat(server.keys()).hasSize(4);
      assertThat(watch.events()).isGreaterThan(1_000);
      assertThat(watch.leaks()).isEmpty();
    }
  }

  @Test
  void a_wrong_key_fails_the_backup_and_its_files_stay_on_the_site() throws Exception {
    start("wrong");

    Event outcome = product.backup("shop");

    assertThat(outcome.data().error().kind()).isEqualTo("configuration");
    assertThat(outcome.data().error().message())
        .contains(
            "The backup is on the site (record 1), but its archive was not downloaded: "
                + "s3://vault/archives/shop does not accept it: ",
            "SignatureDoesNotMatch");
    assertThat(server.keys()).isEmpty();
    assertThat(shop.requests("deleteFiles")).isEmpty();
  }
}
