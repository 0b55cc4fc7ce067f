package io.github.camelakeeba.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.Ports;
import io.github.camelakeeba.product.RunningProduct;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * S3Proxy in a process of its own: it checks signatures, and keeps the objects of the bucket {@code
 * vault} in a folder. Its jars come by {@code mvn -f src/it/s3 dependency:copy-dependencies}.
 */
public final class S3Server implements AutoCloseable {
  /** Who may come in. */
  public static final String ACCESS_KEY = "backup-5f0c";

  /** With which secret; made of what an address would have to escape, as Amazon's are. */
  public static final String SECRET_KEY = "s3/Vault+key=93c1e7aa";

  private static final Path JARS = Path.of("target/s3proxy").toAbsolutePath();

  private final Path folder;
  private final int port = Ports.free();
  private Process process;

  private S3Server(Path folder) {
    this.folder = folder;
  }

  /** Starts it, with an empty bucket unless there is one in the folder. */
  public static S3Server start(Path folder) throws IOException {
    assertThat(JARS)
        .as("mvn -f src/it/s3 dependency:copy-dependencies brings the server of these tests")
        .isDirectory();
    S3Server server = new S3Server(folder);
    server.restart();
    return server;
  }

  /** Starts it at the same address. */
  public void restart() throws IOException {
    Files.createDirectories(bucket());
    Path settings =
        Files.writeString(
            folder.resolve("s3proxy.properties"),
            """
            s3proxy.authorization=aws-v4
            s3proxy.endpoint=http://127.0.0.1:%s
            s3proxy.ignore-unknown-headers=true
            s3proxy.identity=%s
            s3proxy.credential=%s
            jclouds.provider=filesystem-nio2
            jclouds.identity=x
            jclouds.credential=x
            jclouds.filesystem.basedir=%s
            """
                .formatted(port, ACCESS_KEY, SECRET_KEY, store()));
    Path log =
        Files.writeString(
            folder.resolve("logback.xml"),
            """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d %level %logger - %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """);
    process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=" + log,
                "-cp",
                JARS + "/*",
                "org.gaul.s3proxy.Main",
                "--properties",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("s3.log").toFile()))
            .start();
    await()
        .atMost(RunningProduct.PATIENCE)
        .until(
            () -> {
              assertThat(process.isAlive()).as("%s/s3.log says why", folder).isTrue();
              return listens();
            });
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Where it is: {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  private Path store() {
    return folder.resolve("s3-store");
  }

  /** Where its objects are files. */
  public Path bucket() {
    return store().resolve("vault");
  }

  /** The keys of the objects that a client would see. */
  public List<String> keys() throws IOException {
    try (Stream<Path> files = Files.walk(bucket())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> bucket().relativize(file).toString())
          .filter(key -> !key.contains(".mpus-"))
          .sorted()
          .toList();
    }
  }

  /** Ends it as a power cut would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
