package io.github.camelakeeba.keep;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.archive.format.BrokenArchiveException;
import io.github.camelakeeba.s3.OtherContentException;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A file that is read back from an endpoint. */
class EndpointVolumeTest {
  private static InputStream failing(IOException why) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw why;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        throw why;
      }
    };
  }

  private static void read(IOException why) throws Exception {
    try (CamelContext context = new DefaultCamelContext()) {
      context.setStreamCaching(false);
      context.start();
      try (ProducerTemplate producer = context.createProducerTemplate()) {
        producer.sendBody("seda:vault", failing(why));
      }
      EndpointVolume volume =
          new EndpointVolume(
              context, "site.jpa", Secret.address("seda:vault"), "s3://vault/archives/shop");
      try (InputStream bytes = volume.open()) {
        bytes.readAllBytes();
      }
    }
  }

  /** Else it would be a bucket that can't be read, which says nothing of the archive. */
  @Test
  @Tag("fault")
  void an_object_that_has_rotted_is_a_broken_archive_and_a_lost_connection_is_none() {
    assertThatThrownBy(() -> read(new OtherContentException()))
        .isInstanceOf(BrokenArchiveException.class)
        .hasMessage(
            "The file site.jpa is not what was stored in s3://vault/archives/shop: its checksum is"
                + " another.");
    assertThatThrownBy(() -> read(new IOException("connection reset")))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }
}
