package io.github.camelakeeba.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.product.Gateway;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileEndpointsTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final String SFTP =
      "sftp:127.0.0.1:%d/in?username=%s&password=RAW(%s)&fileName=one.json"
          + "&strictHostKeyChecking=no&useUserKnownHostsFile=false"
          + "&connectTimeout=2000&soTimeout=2000&maximumReconnectAttempts=0";

  @TempDir Path root;
  @TempDir Path folder;
  private SftpServer server;
  private Gateway wire;
  private Sender sender;
  private String sftp;

  @BeforeEach
  void start() throws Exception {
    server = SftpServer.start(root);
    wire = new Gateway(URI.create("sftp://" + server.address()));
    sender = new Sender(folder, "");
    sftp = SFTP.formatted(wire.port(), SftpServer.USER, SftpServer.PASSWORD);
  }

  @AfterEach
  void stop() throws Exception {
    sender.close();
    wire.close();
    server.close();
  }

  @Test
  void a_file_arrives_by_sftp_in_a_folder_that_is_made() {
    sender.send(sftp, "{}");

    assertThat(root.resolve("in/one.json")).hasContent("{}");
  }

  @Test
  void a_wrong_password_fails_the_sender() {
    String wrong = SFTP.formatted(wire.port(), SftpServer.USER, "wrong");
    assertThat(sender.failure(wrong)).isLessThan(SOON);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void a_server_that_is_down_fails_the_sender_soon_and_is_found_again() throws Exception {
    sender.send(sftp, "before");
    server.stop();
    assertThat(sender.failure(sftp)).isLessThan(SOON);

    server.restart();
    sender.send(sftp, "after");

    assertThat(root.resolve("in/one.json")).hasContent("after");
  }

  @Test
  void a_server_that_answers_no_more_fails_the_sender_soon() {
    sender.send(sftp, "before");
    wire.silence();
    assertThat(sender.failure(sftp)).isLessThan(SOON);
  }

  @Test
  void a_file_is_whole_when_it_has_its_name() {
    sender.send("file:" + folder + "/out?fileName=one.json&tempPrefix=.part-", "{}");

    assertThat(folder.resolve("out/one.json")).hasContent("{}");
    assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**/.part-*");
  }

  @Test
  void a_folder_that_cannot_be_made_fails_the_sender() {
    assertThat(sender.failure("file:/dev/null/out?fileName=one.json")).isLessThan(SOON);
  }
}
