package io.github.camelakeeba.trigger.message;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;

/** A body within a bound, or why it can't be a request; other types are never deserialized. */
record MessageBody(byte[] bytes, String error) {
  /** More than a request may have: the reader says so, and the dead letter has it whole. */
  static final int MAX_BYTES = 1024 * 1024;

  static final MessageBody TOO_LONG = new MessageBody(null, "the body is longer than 64 KiB");

  static MessageBody of(Exchange exchange) {
    Object body = exchange.getMessage().getBody();
    try {
      return read(body, exchange);
    } catch (IOException | RuntimeException e) {
      return unreadable(e);
    }
  }

  static MessageBody unreadable(Exception cause) {
    return new MessageBody(null, "the body can't be read: " + cause.getClass().getSimpleName());
  }

  private static MessageBody read(Object body, Exchange exchange) throws IOException {
    if (OptionalComponents.JMS && JmsMessages.isJmsMessage(body)) {
      return JmsMessages.body(body);
    }
    if (body == null) {
      return new MessageBody(new byte[0], null);
    }
    if (body instanceof GenericFile<?> file) {
      if (file.getFile() instanceof File local) {
        return file(local.toPath());
      }
      if (file.getFileLength() > MAX_BYTES) {
        return TOO_LONG;
      }
    }
    if (body instanceof byte[] bytes) {
      return bounded(bytes);
    }
    if (body instanceof String text) {
      return text.length() > MAX_BYTES ? TOO_LONG : bounded(text.getBytes(StandardCharsets.UTF_8));
    }
    if (body instanceof InputStream || body instanceof GenericFile<?>) {
      try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
        return in == null ? unsupported(body) : bounded(in.readNBytes(MAX_BYTES + 1));
      }
    }
    return unsupported(body);
  }

  /** Only a regular file is opened: a link may lead anywhere, and a pipe may never end. */
  private static MessageBody file(Path path) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (found.isSymbolicLink()) {
      return new MessageBody(null, "it is a symbolic link, and no link is followed");
    }
    if (!found.isRegularFile()) {
      return new MessageBody(null, "it is no file, but a pipe, a socket or a device");
    }
    if (found.size() > MAX_BYTES) {
      return TOO_LONG;
    }
    try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
      return bounded(in.readNBytes(MAX_BYTES + 1));
    }
  }

  static MessageBody bounded(byte[] bytes) {
    return bytes.length > MAX_BYTES ? TOO_LONG : new MessageBody(bytes, null);
  }

  static MessageBody unsupported(Object body) {
    return new MessageBody(
        null,
        "the message is neither text nor bytes (%s)".formatted(body.getClass().getSimpleName()));
  }
}
