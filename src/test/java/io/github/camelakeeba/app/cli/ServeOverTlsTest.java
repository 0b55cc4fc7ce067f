package io.github.camelakeeba.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.RunningProduct;
import io.github.camelakeeba.product.TestCertificate;
import io.github.camelakeeba.simulator.SimulatedServer;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With Camel's own keys for TLS the API speaks TLS; the commands beside it need none. */
@Tag("process")
class ServeOverTlsTest {
  @TempDir Path home;
  @TempDir Path output;
  private final SimulatedServer server = SimulatedServer.start();
  private final int port = Ports.free();
  private Program program;

  @BeforeEach
  void configure() throws Exception {
    program =
        new Program(home)
            .site("shop", server.joomla("shop").secret(RunningProduct.SECRET).steps(3).url());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void properties(String tls) throws Exception {
    program.properties(
        """
        backup.api.token = tok-tls-5zR8w
        backup.api.host = 0.0.0.0
        backup.api.port = %d
        camel.ssl.enabled = true
        %s
        """
            .formatted(port, tls));
  }

  private ChildProcess serve() throws Exception {
    return new ChildProcess(output, "serve", "--home", home.toString());
  }

  @Test
  void the_api_speaks_tls_with_the_certificate_of_the_key_store_and_commands_go_on()
      throws Exception {
    Path store = TestCertificate.store(output);
    properties(
        "camel.ssl.keyStore = file:%s\ncamel.ssl.keystorePassword = %s"
            .formatted(store, TestCertificate.WORD));
    try (ChildProcess serve = serve()) {
      serve.says("serving 1 sites");
      assertThat(serve.err())
          .contains("the HTTP API is at https://0.0.0.0:" + port)
          .contains("everybody there can try the token")
          .doesNotContain("can be read on the way")
          .doesNotContain(TestCertificate.WORD);

      Program.Ended backup = program.run("backup", "shop", "--json");
      assertThat(backup.code()).as(backup.err()).isZero();
      assertThat(backup.out()).contains("backup.completed.v1");
      assertThat(program.run("status", "--json").code()).isZero();

      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/api/sites"))
              .header("Authorization", "Bearer tok-tls-5zR8w")
              .build();
      HttpClient trusting =
          HttpClient.newBuilder().sslContext(trusting(output.resolve(TestCertificate.PEM))).build();
      assertThat(trusting.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      HttpClient untrusting = HttpClient.newHttpClient();
      assertThatThrownBy(() -> untrusting.send(request, BodyHandlers.ofString()))
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  private static SSLContext trusting(Path pem) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      store.setCertificateEntry(
          "api", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void a_key_store_that_can_not_be_used_stops_the_start_with_a_sentence() throws Exception {
    Path store = TestCertificate.store(output);
    properties(
        "camel.ssl.keyStore = file:%s\ncamel.ssl.keystorePassword = wrong-8Vn3x".formatted(store));

    Program.Ended serve = program.run("serve");

    assertThat(serve.code()).isEqualTo(ExitCode.USAGE);
    assertThat(serve.err())
        .contains("camel.ssl.keyStore: the key store can't be used")
        .doesNotContain("wrong-8Vn3x")
        .doesNotContain("the HTTP API is at");
  }
}
