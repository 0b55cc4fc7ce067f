package io.github.camelakeeba.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;

/**
 * The bytes of a file on their way from the site to a reader: nothing of it is stored, and the site
 * waits while the reader does. Where a call breaks off, the next one goes on with the byte that was
 * not received.
 */
public final class DownloadStream extends InputStream {
  private static final int BUFFER = 1024 * 1024; // bytes between the site and the reader

  private final PipedInputStream in;
  private final PipedOutputStream out;
  private volatile long received;
  private volatile Exception failure;

  /** The bytes are written and read by two threads. */
  public DownloadStream() {
    try {
      out = new PipedOutputStream();
      in = new PipedInputStream(out, BUFFER);
    } catch (IOException e) {
      throw new IllegalStateException("a pipe of one's own connects", e);
    }
  }

  long received() {
    return received;
  }

  /** The next bytes; throws when nobody reads any more. */
  void write(byte[] bytes, int length, long at) throws IOException {
    if (at != received) {
      throw new IOException("byte %s came where byte %s is due".formatted(at, received));
    }
    out.write(bytes, 0, length);
    out.flush(); // wakes the reader, who looks once a second else
    received += length;
  }

  /** No more bytes come; why: null after the last one. */
  public void end(Exception why) {
    failure = why;
    try {
      out.close();
    } catch (IOException e) {
      // nobody reads any more
    }
  }

  @Override
  public int read() throws IOException {
    return checked(in.read());
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return checked(in.read(bytes, offset, length));
  }

  private int checked(int read) throws IOException {
    if (read < 0 && failure != null) {
      throw new IOException("the download broke off", failure);
    }
    return read;
  }

  /** Whoever writes is told with the next byte. */
  @Override
  public void close() throws IOException {
    in.close();
  }
}
