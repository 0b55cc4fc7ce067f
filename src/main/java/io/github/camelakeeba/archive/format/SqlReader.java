package io.github.camelakeeba.archive.format;

import java.io.IOException;

/**
 * Reads a plain SQL dump to its end. It has no mark there, so what is missing behind its last
 * statement does not show; zeros and an end within a statement do: a dump writes {@code \0} for a
 * zero and {@code \n} for a line's end in a value (measured: the archives of real servers).
 */
final class SqlReader extends FormatReader {
  private final String name;
  private final EntrySink sink;

  SqlReader(LittleEndianInput in, String name, EntrySink sink) {
    super(in);
    this.name = name;
    this.sink = sink;
  }

  @Override
  String unreadableReason() throws IOException {
    sink.begin(ArchiveEntry.file(name));
    int last = 0;
    int lastButOne = 0;
    while (!in.atEnd()) {
      long begin = in.position();
      int n = in.readSome(Long.MAX_VALUE);
      int from = in.next - n;
      for (int i = from; i < in.next; i++) {
        lastButOne = last;
        last = in.buffer[i];
        if (last == 0) {
          throw new BrokenArchiveException(
              "A zero stands at byte %s of the dump.", begin + i - from);
        }
      }
      entries = 1;
      sink.bytes(in.buffer, from, n);
    }
    if (lastButOne != ';' || last != '\n') {
      throw new BrokenArchiveException(
          "The dump ends in the middle of a statement, after %s bytes.", in.position());
    }
    sink.end();
    return "it was read to its end, but a .sql has no mark there: tables that are missing at its end would not show";
  }
}
