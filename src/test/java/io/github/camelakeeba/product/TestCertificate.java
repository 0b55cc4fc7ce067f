package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Certificates by the JDK's keytool, which is a process each time: what a test only shows or trusts
 * is made once for all tests of this process.
 */
public final class TestCertificate {
  /** The file with the certificate, below the folder. */
  public static final String PEM = "private-ca.pem";

  /** The key store's. */
  public static final String WORD = "changeit-7Lq2";

  private static final char[] PASSWORD = WORD.toCharArray();

  /** The key store of each authority, with what it has signed so far. */
  private static final Map<String, byte[]> STORES = new HashMap<>();

  private TestCertificate() {}

  /**
   * A key store with a new certificate for 127.0.0.1 that signs itself, and {@link #PEM} beside it
   * in the folder.
   */
  public static Path store(Path folder) throws Exception {
    Path store = folder.resolve("server.p12");
    keytool(store, "server", "-ext", "san=ip:127.0.0.1", "-ext", "bc:c", "-validity", "30");
    Files.writeString(folder.resolve(PEM), pem(keys(Files.readAllBytes(store)), "server"));
    return store;
  }

  private static KeyStore keys(byte[] store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(new ByteArrayInputStream(store), PASSWORD);
    return keys;
  }

  /**
   * The side of a server with a certificate for 127.0.0.1 that signs itself; writes {@link #PEM}
   * into the folder.
   */
  public static synchronized SSLContext context(Path folder) throws Exception {
    if (!STORES.containsKey("server")) {
      STORES.put("server", Files.readAllBytes(store(folder)));
    }
    KeyStore keys = keys(STORES.get("server"));
    Files.writeString(folder.resolve(PEM), pem(keys, "server"));
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
    KeyStore keys = signed("authority", options);
    Files.writeString(folder.resolve(PEM), pem(keys, "authority"));
    return context(keys);
  }

  /** The same, signed by another authority, which nobody trusts. */
  static SSLContext signedByAnother(String... options) throws Exception {
    return context(signed("another", options));
  }

  /** A store whose only key is the one that the authority has signed. */
  private static synchronized KeyStore signed(String authority, String... options)
      throws Exception {
    String leaf = "leaf" + List.of(options).hashCode();
    byte[] made = STORES.get(authority);
    if (made == null || !keys(made).isKeyEntry(leaf)) {
      Path store = Files.createTempFile("authority", ".p12");
      if (made == null) {
        Files.delete(store);
        keytool(store, authority, "-ext", "bc:c", "-validity", "30");
      } else {
        Files.write(store, made);
      }
      List<String> all = new ArrayList<>(List.of("-signer", authority));
      all.addAll(List.of(options));
      keytool(store, leaf, all.toArray(String[]::new));
      made = Files.readAllBytes(store);
      Files.delete(store);
      STORES.put(authority, made);
    }
    KeyStore keys = keys(made);
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, PASSWORD);
    own.setKeyEntry(leaf, keys.getKey(leaf, PASSWORD), PASSWORD, keys.getCertificateChain(leaf));
    own.setCertificateEntry(authority, keys.getCertificate(authority));
    return own;
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

  private static String pem(KeyStore keys, String alias) throws GeneralSecurityException {
    byte[] der = keys.getCertificate(alias).getEncoded();
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
  }
}
