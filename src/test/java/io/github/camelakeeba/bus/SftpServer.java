package io.github.camelakeeba.bus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server for one user, whose root is a folder of the test. */
public final class SftpServer implements AutoCloseable {
  /** Who may come in. */
  public static final String USER = "backup";

  /** With which password. */
  public static final String PASSWORD = "sftp-pass-93c1";

  private final Path root;
  private final SimpleGeneratorHostKeyProvider key = new SimpleGeneratorHostKeyProvider();
  private int port;
  private SshServer server;

  private SftpServer(Path root) {
    this.root = root;
  }

  /** Starts it on a free port, with a host key of its own. */
  public static SftpServer start(Path root) throws IOException {
    QuietLogs.servers();
    SftpServer server = new SftpServer(root);
    server.restart();
    return server;
  }

  /** Stops it. */
  public void stop() throws IOException {
    server.stop(true);
  }

  /** Starts it on the same port, with the same host key. */
  public void restart() throws IOException {
    server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    server.setPort(port);
    server.setKeyPairProvider(key);
    server.setPasswordAuthenticator(
        (user, password, session) -> USER.equals(user) && PASSWORD.equals(password));
    server.setFileSystemFactory(new VirtualFileSystemFactory(root));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    server.start();
    port = server.getPort();
  }

  /** Where it is: {@code 127.0.0.1:port}. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}
