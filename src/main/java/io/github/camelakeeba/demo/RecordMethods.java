package io.github.camelakeeba.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;

/** The methods on backup records: listBackups, getBackupInfo, deleteFiles, delete. */
final class RecordMethods {
  static final String UNKNOWN = "Invalid backup record identifier";

  private final Manner manner;
  private final RecordStore records;
  private final RecordView view;

  RecordMethods(Manner manner, RecordStore records) {
    this.manner = manner;
    this.records = records;
    this.view = new RecordView(manner);
  }

  /** Limit 0 means all. */
  JsonNode list(int from, int limit) {
    ArrayNode list = PhpJson.object().putArray("records");
    synchronized (records) {
      records.all().stream()
          .skip(Math.max(0, from))
          .limit(limit <= 0 ? Long.MAX_VALUE : limit)
          .forEach(row -> list.add(view.listed(row)));
    }
    return list;
  }

  JsonNode info(long id) {
    synchronized (records) {
      return view.info(records.find(id).orElseThrow(() -> new ApiFailure(404, UNKNOWN)));
    }
  }

  /** True also for what is gone. */
  JsonNode deleteFiles(long id) {
    synchronized (records) {
      named(id);
      thawed(id);
      records.find(id).ifPresent(row -> row.filesDeleted = true);
      return BooleanNode.TRUE;
    }
  }

  JsonNode delete(long id) {
    synchronized (records) {
      named(id);
      thawed(id);
      if (!records.remove(id) && manner.joomla()) {
        throw new ApiFailure(0, "Null primary key not allowed.");
      }
      return BooleanNode.TRUE;
    }
  }

  private void thawed(long id) {
    if (records.find(id).filter(row -> row.frozen).isPresent()) {
      throw new ApiFailure(0, "The backup record is frozen");
    }
  }

  private void named(long id) {
    if (id <= 0) {
      throw new ApiFailure(manner.joomla() ? 0 : 500, UNKNOWN);
    }
  }
}
