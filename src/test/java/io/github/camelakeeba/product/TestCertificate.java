package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for 127.0.0.1 that signs itself, made anew by the JDK's keytool. */
public final class TestCertificate {
  /** The file with the certificate, below the folder. */
  public static final String PEM = "private-ca.pem";

  /** The key store's. */
  public static final String WORD = "changeit-7Lq2";

  private static final char[] PASSWORD = WORD.toCharArray();

  private TestCertificate() {}

  /** A key store with it, and {@link #PEM} beside it in the folder. */
  public static Path store(Path folder) throws Exception {
    Path store = folder.resolve("server.p12");
    generate(store);
    writePem(keys(store), folder.resolve(PEM));
    return store;
  }

  private static KeyStore keys(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  /** The server's side; writes {@link #PEM} into the folder. */
  public static SSLContext context(Path folder) throws Exception {
    KeyStore keys = keys(store(folder));
    return context(keys);
  }

  private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }

  /**
   * A server's side whose certificate is signed by an authority, which is written into {@link #PEM}
   * below the folder; the options are keytool's, such as {@code -ext san=dns:other.example}.
   */
  static SSLContext signed(Path folder, String... options) throws Exception {
    Path store = folder.resolve("signed-" + UUID.randomUUID() + ".p12");
    keytool(store, "authority", "-ext", "bc:c", "-validity", "30");
    List<String> all = new ArrayList<>(List.of("-signer", "authority"));
    all.addAll(List.of(options));
    keytool(store, "leaf", all.toArray(String[]::new));
    KeyStore keys = keys(store);
    Files.writeString(folder.resolve(PEM), pem(keys, "authority"));
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, PASSWORD);
    own.setKeyEntry(
        "leaf", keys.getKey("leaf", PASSWORD), PASSWORD, keys.getCertificateChain("leaf"));
    return context(own);
  }

  private static void generate(Path store) throws IOException, InterruptedException {
    keytool(store, "server", "-ext", "san=ip:127.0.0.1", "-ext", "bc:c", "-validity", "30");
  }

  private static void keytool(Path store, String alias, String... options)
      throws IOException, InterruptedException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        new ArrayList<>(
            List.of(
                keytool.toString(),
                "-J-XX:+UseSerialGC",
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Private CA of a test, OU=" + alias,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString()));
    command.addAll(List.of(options));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static void writePem(KeyStore keys, Path file)
      throws GeneralSecurityException, IOException {
    Files.writeString(file, pem(keys, "server"));
  }

  private static String pem(KeyStore keys, String alias) throws GeneralSecurityException {
    byte[] der = keys.getCertificate(alias).getEncoded();
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
  }
}
