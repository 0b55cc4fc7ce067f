package io.github.camelakeeba.s3;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.ArchiveHeaders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** Sends a file in parts as they are read; any other body is held in memory, as it was before. */
final class S3Producer extends DefaultProducer {
  private final ObjectUpload upload;
  private final S3Options options;

  S3Producer(S3Endpoint endpoint, Bucket bucket, S3Options options) {
    super(endpoint);
    this.upload = new ObjectUpload(bucket, options);
    this.options = options;
  }

  /** Throws {@link AkeebaException} with a reason without secrets. */
  @Override
  public void process(Exchange exchange) throws IOException {
    Message message = exchange.getMessage();
    String name =
        options.fileName() != null
            ? options.fileName()
            : message.getHeader(Exchange.FILE_NAME, String.class);
    if (name == null || name.isBlank()) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION, "the file has no name: write fileName into the URI");
    }
    Content content = content(message);
    String expected = message.getHeader(ArchiveHeaders.SHA256, String.class);
    if (expected != null && !expected.equalsIgnoreCase(content.sha256())) {
      throw new AkeebaException(
          ErrorKind.VERIFICATION, name + " has changed here since it was downloaded");
    }
    String backupid = message.getHeader(ArchiveHeaders.BACKUPID, String.class);
    upload.send(name, content, backupid == null || backupid.isBlank() ? null : backupid);
  }

  private Content content(Message message) throws IOException {
    Object body = message.getBody();
    if (body instanceof File file) {
      return Content.of(file.toPath(), options.partSize());
    }
    if (body instanceof Path path) {
      return Content.of(path, options.partSize());
    }
    byte[] bytes = message.getBody(byte[].class);
    if (bytes == null) {
      throw new AkeebaException(ErrorKind.CONFIGURATION, "there is nothing to send");
    }
    return Content.of(bytes);
  }
}
