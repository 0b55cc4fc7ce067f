package io.github.camelakeeba.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Base64;

/** The methods download and downloadDirect, with the edges that were measured (section 5). */
final class Downloads {
  private static final int MEBIBYTE = 1024 * 1024;

  private final Manner manner;
  private final RecordStore records;

  Downloads(Manner manner, RecordStore records) {
    this.manner = manner;
    this.records = records;
  }

  /** At most 1 MiB in Base64, at chunkSize MiB times (segment - 1). */
  JsonNode segment(long id, int part, long segment, long chunkSize) {
    Bulk volume = volume(id, part);
    long offset = chunkSize * MEBIBYTE * (segment - 1);
    if (segment < 1 || offset > volume.length()) {
      throw new ApiFailure(404, "Invalid segment");
    }
    long end = volume.from() + Math.min(volume.length(), offset + MEBIBYTE);
    byte[] piece = volume.archive().range(volume.from() + offset, end);
    return TextNode.valueOf(Base64.getEncoder().encodeToString(piece));
  }

  /** Raw bytes; a bad record or part is HTTP 500 with an empty body. */
  Reply direct(long id, int part) {
    try {
      Bulk volume = volume(id, part);
      String name = RecordView.partName(records.find(id).orElseThrow(), part);
      return Reply.of(200, "application/octet-stream", "")
          .bulk(volume)
          .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
          .header("Content-Transfer-Encoding", "binary")
          .header("Accept-Ranges", "bytes");
    } catch (ApiFailure refused) {
      return Reply.empty(500).reason(refused.getMessage());
    }
  }

  /** W runs into a fatal error when the record is there but its files are not. */
  boolean crashes(long id) {
    synchronized (records) {
      return !manner.joomla()
          && records.find(id).filter(row -> row.volumes().isEmpty()).isPresent();
    }
  }

  private Bulk volume(long id, int part) {
    synchronized (records) {
      StoredBackup row =
          records.find(id).orElseThrow(() -> new ApiFailure(404, RecordMethods.UNKNOWN));
      StoredBackup.Volume volume =
          row.volumes().stream()
              .filter(each -> each.part() == part)
              .findFirst()
              .orElseThrow(() -> new ApiFailure(404, "Invalid backup part"));
      return new Bulk(row.bytes(), volume.from(), volume.size(), volume.size());
    }
  }
}
