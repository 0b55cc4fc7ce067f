package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelakeeba.simulator.archive.StoredBackup;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.PhpJson;
import io.github.camelakeeba.simulator.http.StreamedBody;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Comparator;
import java.util.Locale;

/** The methods on backup records, which are shown with every column as a string. */
final class RecordMethods {
  private static final int MEBIBYTE = 1024 * 1024;
  private static final String UNKNOWN = "Invalid backup record identifier";
  private static final DateTimeFormatter COLUMN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ProductProfile product;
  private final RecordStore records;

  RecordMethods(RecordStore records) {
    this.product = records.settings.product;
    this.records = records;
  }

  /** Limit 0 means all. */
  JsonNode list(int from, int limit) {
    ArrayNode list = PhpJson.object().putArray("records");
    synchronized (records) {
      records.all().stream()
          .skip(Math.max(0, from))
          .limit(limit <= 0 ? Long.MAX_VALUE : limit)
          .forEach(row -> list.add(listed(row)));
    }
    return list;
  }

  JsonNode info(long id) {
    synchronized (records) {
      StoredBackup row = find(id);
      ObjectNode info = columns(row);
      ArrayNode files = info.putArray("filenames");
      row.volumes().stream()
          .sorted(Comparator.comparingInt(StoredBackup.Volume::part))
          .forEach(
              volume ->
                  files
                      .addObject()
                      .put("part", volume.part())
                      .put("name", partName(row, volume.part()))
                      .put("size", volume.size()));
      return info;
    }
  }

  /** True also for what is gone. */
  JsonNode deleteFiles(long id) {
    synchronized (records) {
      checkDeletable(id);
      records.find(id).ifPresent(row -> row.filesDeleted = true);
      return BooleanNode.TRUE;
    }
  }

  JsonNode delete(long id) {
    synchronized (records) {
      checkDeletable(id);
      if (!records.remove(id) && product.joomla()) {
        throw new ApiErrorException(0, "Null primary key not allowed.");
      }
      return BooleanNode.TRUE;
    }
  }

  private void checkDeletable(long id) {
    if (id <= 0) {
      throw new ApiErrorException(product.joomla() ? 0 : 500, UNKNOWN);
    }
    if (records.find(id).filter(row -> row.frozen).isPresent()) {
      throw new ApiErrorException(0, "The backup record is frozen");
    }
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
      String name = partName(find(id), part);
      return HttpReply.of(200, "application/octet-stream", "")
          .bulk(volume)
          .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
          .header("Content-Transfer-Encoding", "binary")
          .header("Accept-Ranges", "bytes");
    } catch (ApiErrorException rejected) {
      return HttpReply.empty(500).reason(rejected.getMessage());
    }
  }

  /** WordPress and Solo end in a fatal error when the record is there but its files are not. */
  boolean downloadCrashes(long id) {
    synchronized (records) {
      return !product.joomla()
          && records.find(id).filter(row -> row.volumes().isEmpty()).isPresent();
    }
  }

  private StreamedBody volume(long id, int part) {
    synchronized (records) {
      StoredBackup row = find(id);
      StoredBackup.Volume volume =
          row.volumes().stream()
              .filter(each -> each.part() == part)
              .findFirst()
              .orElseThrow(() -> new ApiErrorException(404, "Invalid backup part"));
      return new StreamedBody(row.bytes(), volume.from(), volume.size(), volume.size());
    }
  }

  private StoredBackup find(long id) {
    return records.find(id).orElseThrow(() -> new ApiErrorException(404, UNKNOWN));
  }

  /** The name of a part; part 1 is the last file of the archive. */
  private static String partName(StoredBackup row, int part) {
    int dot = row.archive.lastIndexOf('.');
    char letter = row.kind().equals("zip") ? 'z' : 'j';
    return part == 1
        ? row.archive
        : row.archive.substring(0, dot) + String.format(Locale.ROOT, ".%c%02d", letter, part - 1);
  }

  private ObjectNode listed(StoredBackup row) {
    boolean obsolete = row.complete() && row.volumes().isEmpty();
    // only a listing notices that the files are gone
    row.filesExist = !obsolete;
    ObjectNode node = columns(row);
    String meta = row.complete() ? "ok" : row.running() ? "pending" : "fail";
    node.put("meta", obsolete ? "obsolete" : meta);
    node.put("hasRemoteFiles", false);
    if (row.complete() && !obsolete) {
      node.put("size", String.valueOf(row.totalSize));
    }
    return node;
  }

  private ObjectNode columns(StoredBackup row) {
    ObjectNode node = PhpJson.object();
    node.put("id", String.valueOf(row.id));
    node.put("description", row.description).put("comment", row.comment);
    node.put("backupstart", date(row.start)).put("backupend", date(row.end));
    node.put("status", row.status).put("origin", row.origin).put("type", "full");
    node.put("profile_id", String.valueOf(row.profile));
    node.put("archivename", row.archive);
    node.put("absolute_path", product.folder + "/" + row.archive);
    node.put("multipart", row.multipart());
    node.put("tag", row.origin).put("backupid", row.backupid);
    node.put("filesexist", row.filesExist ? "1" : "0");
    // the word NULL, on records that a start once marked failed, was measured
    node.put("remote_filename", row.wasDisplaced ? "NULL" : null);
    node.put("total_size", String.valueOf(row.totalSize));
    node.put("frozen", row.frozen ? "1" : "0").put("instep", row.inStep ? "1" : "0");
    return node;
  }

  private static String date(Instant when) {
    return when == null ? null : COLUMN.format(when);
  }
}
