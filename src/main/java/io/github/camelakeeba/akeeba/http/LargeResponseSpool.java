package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.answer.ResponseBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.apache.hc.core5.http.HttpEntity;

/**
 * Answers that are too long for the memory. They are read to a file, however slowly they come, and
 * parsed one at a time: what is kept is the envelope, or the beginning of what came in its place.
 */
final class LargeResponseSpool {
  private static final int MAX_KEPT_BYTES = 4 * 1024 * 1024; // an envelope's; a segment has most
  private static final int FIRST_BUFFER_BYTES = 2 * 1024; // most answers are shorter
  private static final int MAX_PAGE_BYTES = 64 * 1024; // a hint is in a page's beginning

  private final Semaphore oneAtATime = new Semaphore(1, true);

  /** The first bytes; one more than so many when there are more. */
  byte[] readPrefix(HttpEntity entity, InputStream in, int inMemory) throws IOException {
    if (entity.getContentLength() > ResponseBody.MAX_BYTES) {
      throw tooLong();
    }
    int most = inMemory + 1;
    // one more than there should be: the read that fills no buffer has seen the end
    int expected = (int) Math.min(most, entity.getContentLength() + 1);
    byte[] bytes = new byte[expected > 0 ? expected : Math.min(most, FIRST_BUFFER_BYTES)];
    int length = in.readNBytes(bytes, 0, bytes.length);
    while (length == bytes.length && length < most) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(most, 4L * length));
      length += in.readNBytes(bytes, length, bytes.length - length);
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** The answer that begins with this head, or what is kept of it. */
  byte[] readRest(byte[] head, InputStream in, int status) throws IOException {
    int next = in.read();
    if (next < 0) {
      return head;
    }
    Path file;
    try {
      file = Files.createTempFile("akeeba-answer-", null);
    } catch (IOException e) {
      throw noRoom(e);
    }
    try {
      write(file, head, next, in);
      oneAtATime.acquireUninterruptibly();
      try {
        return reduced(Files.readAllBytes(file), status);
      } finally {
        oneAtATime.release();
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  static UnreadableResponseException tooLong() {
    return new UnreadableResponseException(
        "more than %s MiB, which no answer of the API has; the rest was not read"
            .formatted(ResponseBody.MAX_BYTES >> 20));
  }

  private static void write(Path file, byte[] head, int next, InputStream in) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      long length = head.length + 1L;
      put(out, head, head.length);
      put(out, new byte[] {(byte) next}, 1);
      byte[] buffer = new byte[32 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        length += n;
        if (length > ResponseBody.MAX_BYTES) {
          throw tooLong();
        }
        put(out, buffer, n);
      }
    }
  }

  /** That the disk fails is not the site's fault. */
  private static void put(OutputStream out, byte[] bytes, int length) throws IOException {
    try {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private static UnreadableResponseException noRoom(IOException e) {
    return new UnreadableResponseException(
        "a long answer, for which there is no room in %s here (%s)"
            .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()));
  }

  private static byte[] reduced(byte[] bytes, int status) throws IOException {
    ResponseBody body = ResponseBody.of(bytes);
    if (body.state() == ResponseBody.State.ENVELOPE) {
      byte[] envelope = body.value().toString().getBytes(StandardCharsets.UTF_8);
      if (envelope.length <= MAX_KEPT_BYTES) {
        return envelope;
      }
    }
    boolean page =
        body.state() != ResponseBody.State.ENVELOPE && body.state() != ResponseBody.State.AMBIGUOUS;
    boolean delivered = status >= 200 && status < 300;
    if (page && !(delivered && body.state() == ResponseBody.State.TRUNCATED)) {
      return Arrays.copyOf(bytes, Math.min(bytes.length, MAX_PAGE_BYTES));
    }
    throw new UnreadableResponseException(
        body.state() == ResponseBody.State.AMBIGUOUS
            ? "more than one answer in the body"
            : "something that is incomplete, or holds more than any answer of the API");
  }
}
