package io.github.camelakeeba.app.cli.archive;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.archive.format.ArchiveEntry;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.extract.ArchiveExtractor;
import io.github.camelakeeba.extract.ExtractRequest;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** What is in an archive, a line each, printed while it is read: there may be a million. */
final class EntryTable {
  private static final int MAX_PATH = 4096; // characters
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());
  private static final String BITS = "rwxrwxrwx";

  private final OpenArchive open;
  private final boolean json;
  private boolean incomplete;

  EntryTable(OpenArchive open, boolean json) {
    this.open = open;
    this.json = json;
  }

  /** Returns the exit code. */
  int print(ExtractRequest request) throws IOException {
    return json ? printJson(request) : printLines(request);
  }

  private int printLines(ExtractRequest request) {
    System.out.printf("%-10s %14s  %-16s  %s%n", "MODE", "SIZE", "TIME", "PATH");
    new ArchiveExtractor()
        .list(
            request,
            (entry, size, target, readable) -> {
              incomplete |= !readable;
              System.out.printf(
                  "%s %14s  %16s  %s%s%s%n",
                  mode(entry),
                  size < 0 ? "?" : size,
                  entry.modified() == null ? "" : TIME.format(entry.modified()),
                  UntrustedText.oneLine(entry.path(), MAX_PATH),
                  target == null ? "" : " -> " + UntrustedText.oneLine(target, MAX_PATH),
                  readable ? "" : "  (can't be read)");
            });
    return incomplete ? ExitCode.WARNING : ExitCode.COMPLETED;
  }

  /** As ls shows it; '?' where the archive does not say. */
  static String mode(ArchiveEntry entry) {
    StringBuilder text =
        new StringBuilder(
            switch (entry.kind()) {
              case FILE -> "-";
              case FOLDER -> "d";
              case LINK -> "l";
            });
    for (int bit = 0; bit < BITS.length(); bit++) {
      boolean set = (entry.mode() >> BITS.length() - 1 - bit & 1) == 1;
      text.append(entry.mode() < 0 ? '?' : set ? BITS.charAt(bit) : '-');
    }
    return text.toString();
  }

  private int printJson(ExtractRequest request) throws IOException {
    try (JsonGenerator out =
        new EventJson()
            .mapper()
            .createGenerator(System.out)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      out.writeStartObject();
      for (Map.Entry<String, Object> member : open.members().entrySet()) {
        out.writeObjectField(member.getKey(), member.getValue());
      }
      out.writeArrayFieldStart("entries");
      AkeebaException failure = null;
      try {
        new ArchiveExtractor()
            .list(
                request,
                (entry, size, target, readable) -> write(out, entry, size, target, readable));
      } catch (AkeebaException e) {
        failure = e;
      }
      out.writeEndArray();
      out.writeObjectField("error", failure == null ? null : ExtractCommand.error(failure));
      out.writeEndObject();
      out.writeRaw('\n');
      return failure != null ? ExitCode.FAILED : incomplete ? ExitCode.WARNING : ExitCode.COMPLETED;
    }
  }

  private void write(
      JsonGenerator out, ArchiveEntry entry, long size, String target, boolean readable)
      throws IOException {
    incomplete |= !readable;
    out.writeStartObject();
    out.writeStringField("path", entry.path());
    out.writeStringField("kind", entry.kind().name().toLowerCase(Locale.ROOT));
    out.writeObjectField("size", size < 0 ? null : size);
    out.writeObjectField("mode", entry.mode() < 0 ? null : "%04o".formatted(entry.mode()));
    out.writeObjectField("modified", entry.modified() == null ? null : entry.modified().toString());
    out.writeObjectField("target", target);
    out.writeBooleanField("readable", readable);
    out.writeEndObject();
  }
}
