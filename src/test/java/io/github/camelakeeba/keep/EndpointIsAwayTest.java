package io.github.camelakeeba.keep;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.secret.Secret;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that can't be reached is no evidence that a file is gone. */
class EndpointIsAwayTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "sftp"})
  @Tag("fault")
  void a_server_that_is_away_is_told_from_a_file_that_is_not_there(String scheme) throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    String server = "%s://backup@127.0.0.1:%s/archives".formatted(scheme, nobody);
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.start();
      assertThatThrownBy(() -> open(context, server + "?password=pass-word-0123", server))
          .isInstanceOf(java.io.IOException.class)
          .isNotInstanceOf(NoSuchFileException.class)
          .hasCauseInstanceOf(AkeebaException.class)
          .hasMessageContaining("can't be read")
          .hasMessageNotContaining("pass-word");
    }
  }

  @Test
  void a_file_that_is_not_there_is_said_so() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.start();
      String uri = folder.toUri().toString();
      assertThatThrownBy(() -> open(context, uri, uri)).isInstanceOf(NoSuchFileException.class);
    }
  }

  private static void open(DefaultCamelContext context, String uri, String location)
      throws Exception {
    new EndpointVolume(
            context,
            "site.jpa",
            ArchiveDelivery.readingUri(Secret.unmasked(uri), "id-1", "site.jpa"),
            location)
        .open();
  }
}
