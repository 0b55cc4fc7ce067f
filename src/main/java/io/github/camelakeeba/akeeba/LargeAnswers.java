package io.github.camelakeeba.akeeba;

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
 * Answers that are too long to be kept as they come. They are read to a file, however slowly they
 * come, and looked through one at a time: what is kept is the envelope, or the beginning of what
 * came in its place. So the answers of a few sites never fill the memory of all.
 */
final class LargeAnswers {
  /**
   * Bytes of an envelope; what a run asks for has some hundred thousand, a piece of a file most.
   */
  private static final int MOST_KEPT = 4 * 1024 * 1024;

  /** Bytes of a page that are kept: a hint is looked for in its beginning. */
  private static final int OF_A_PAGE = 64 * 1024;

  private final Semaphore turn = new Semaphore(1, true);

  /** The first bytes; one more than so many when there are more. */
  byte[] head(HttpEntity entity, InputStream in, int inMemory) throws IOException {
    if (entity.getContentLength() > BoundedAnswer.LONGEST) {
      throw tooLong();
    }
    return in.readNBytes(inMemory + 1);
  }

  /** The answer that begins so, or what is kept of it. */
  byte[] whole(byte[] head, InputStream in, int status) throws IOException {
    int next = in.read();
    if (next < 0) {
      return head;
    }
    Path file = file();
    try {
      write(file, head, next, in);
      turn.acquireUninterruptibly();
      try {
        return kept(Files.readAllBytes(file), status);
      } finally {
        turn.release();
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }

  static UnreadableAnswerException tooLong() {
    return new UnreadableAnswerException(
        "more than %s MiB, which no answer of the API has; the rest was not read"
            .formatted(BoundedAnswer.LONGEST >> 20));
  }

  private static Path file() throws IOException {
    try {
      return Files.createTempFile("akeeba-answer-", null);
    } catch (IOException e) {
      throw noRoom(e);
    }
  }

  private static void write(Path file, byte[] head, int next, InputStream in) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      long length = head.length + 1L;
      put(out, head, head.length);
      put(out, new byte[] {(byte) next}, 1);
      byte[] buffer = new byte[32 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        length += n;
        if (length > BoundedAnswer.LONGEST) {
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

  private static UnreadableAnswerException noRoom(IOException e) {
    return new UnreadableAnswerException(
        "a long answer, for which there is no room in %s here (%s)"
            .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()));
  }

  private static byte[] kept(byte[] bytes, int status) throws IOException {
    Body body = Body.of(bytes);
    if (body.state() == Body.State.ENVELOPE) {
      byte[] envelope = body.value().toString().getBytes(StandardCharsets.UTF_8);
      if (envelope.length <= MOST_KEPT) {
        return envelope;
      }
    }
    boolean page = body.state() != Body.State.ENVELOPE && body.state() != Body.State.AMBIGUOUS;
    boolean delivered = status >= 200 && status < 300;
    if (page && !(delivered && body.state() == Body.State.CUT)) {
      return Arrays.copyOf(bytes, Math.min(bytes.length, OF_A_PAGE));
    }
    throw new UnreadableAnswerException(
        body.state() == Body.State.AMBIGUOUS
            ? "more than one answer in the body"
            : "something that is incomplete, or holds more than any answer of the API");
  }
}
