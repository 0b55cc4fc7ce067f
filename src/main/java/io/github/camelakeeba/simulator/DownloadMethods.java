package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelakeeba.simulator.archive.StoredBackup;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.StreamedBody;
import java.util.Base64;

/** The methods download and downloadDirect, with the edges that were measured (section 5). */
final class DownloadMethods {
  private static final int MEBIBYTE = 1024 * 1024;

  private final ProductProfile manner;
  private final RecordStore records;

  DownloadMethods(ProductProfile manner, RecordStore records) {
    this.manner = manner;
    this.records = records;
  }

  /** At most 1 MiB in Base64, at chunkSize MiB times (segment - 1). */
  JsonNode segment(long id, int part, long segment, long chunkSize) {
    StreamedBody volume = volume(id, part);
    long offset = chunkSize * MEBIBYTE * (segment - 1);
    if (segment < 1 || offset > volume.length()) {
      throw new ApiErrorException(404, "Invalid segment");
    }
    long end = volume.from() + Math.min(volume.length(), offset + MEBIBYTE);
    byte[] piece = volume.archive().range(volume.from() + offset, end);
    return TextNode.valueOf(Base64.getEncoder().encodeToString(piece));
  }

  /** Raw bytes; a bad record or part is HTTP 500 with an empty body. */
  HttpReply direct(long id, int part) {
    try {
      StreamedBody volume = volume(id, part);
      String name = RecordJson.partName(records.find(id).orElseThrow(), part);
      return HttpReply.of(200, "application/octet-stream", "")
          .bulk(volume)
          .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
          .header("Content-Transfer-Encoding", "binary")
          .header("Accept-Ranges", "bytes");
    } catch (ApiErrorException refused) {
      return HttpReply.empty(500).reason(refused.getMessage());
    }
  }

  /** W runs into a fatal error when the record is there but its files are not. */
  boolean crashes(long id) {
    synchronized (records) {
      return !manner.joomla()
          && records.find(id).filter(row -> row.volumes().isEmpty()).isPresent();
    }
  }

  private StreamedBody volume(long id, int part) {
    synchronized (records) {
      StoredBackup row =
          records.find(id).orElseThrow(() -> new ApiErrorException(404, RecordMethods.UNKNOWN));
      StoredBackup.Volume volume =
          row.volumes().stream()
              .filter(each -> each.part() == part)
              .findFirst()
              .orElseThrow(() -> new ApiErrorException(404, "Invalid backup part"));
      return new StreamedBody(row.bytes(), volume.from(), volume.size(), volume.size());
    }
  }
}
