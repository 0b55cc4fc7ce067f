package io.github.camelakeeba.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the bytes of a file go that is fetched: each to its place in the site's file. */
interface PartialFile extends Closeable {
  void write(byte[] bytes, int length, long at) throws IOException;

  /** On the disk; it is made where it is not there yet. */
  static PartialFile open(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    return new PartialFile() {
      @Override
      public void write(byte[] bytes, int length, long at) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        for (long position = at; buffer.hasRemaining(); ) {
          position += file.write(buffer, position);
        }
      }

      @Override
      public void close() throws IOException {
        file.close();
      }
    };
  }

  /** To who reads it at once. */
  static PartialFile of(DownloadStream stream) {
    return new PartialFile() {
      @Override
      public void write(byte[] bytes, int length, long at) throws IOException {
        stream.write(bytes, length, at);
      }

      @Override
      public void close() {
        // another call may go on
      }
    };
  }
}
