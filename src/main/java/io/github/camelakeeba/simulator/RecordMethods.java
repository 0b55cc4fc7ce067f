package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.github.camelakeeba.simulator.http.PhpJson;

/** The methods on backup records: listBackups, getBackupInfo, deleteFiles, delete. */
final class RecordMethods {
  static final String UNKNOWN = "Invalid backup record identifier";

  private final ProductProfile manner;
  private final RecordStore records;
  private final RecordJson view;

  RecordMethods(ProductProfile manner, RecordStore records) {
    this.manner = manner;
    this.records = records;
    this.view = new RecordJson(manner);
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
      return view.info(records.find(id).orElseThrow(() -> new ApiErrorException(404, UNKNOWN)));
    }
  }

  /** True also for what is gone. */
  JsonNode deleteFiles(long id) {
    synchronized (records) {
      checkExists(id);
      checkNotFrozen(id);
      records.find(id).ifPresent(row -> row.filesDeleted = true);
      return BooleanNode.TRUE;
    }
  }

  JsonNode delete(long id) {
    synchronized (records) {
      checkExists(id);
      checkNotFrozen(id);
      if (!records.remove(id) && manner.joomla()) {
        throw new ApiErrorException(0, "Null primary key not allowed.");
      }
      return BooleanNode.TRUE;
    }
  }

  private void checkNotFrozen(long id) {
    if (records.find(id).filter(row -> row.frozen).isPresent()) {
      throw new ApiErrorException(0, "The backup record is frozen");
    }
  }

  private void checkExists(long id) {
    if (id <= 0) {
      throw new ApiErrorException(manner.joomla() ? 0 : 500, UNKNOWN);
    }
  }
}
