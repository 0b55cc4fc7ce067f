package io.github.camelakeeba.simulator;

import io.github.camelakeeba.simulator.archive.StoredBackup;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** The site's backup table. Its monitor guards all state of the site's backups. */
final class RecordStore {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final List<StoredBackup> rows = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(20261122);
  final SimulatorSettings settings;
  private long lastId;

  RecordStore(SimulatorSettings settings) {
    this.settings = settings;
  }

  Instant now() {
    return Instant.now().plus(settings.clockSkew);
  }

  synchronized void lastId(long id) {
    lastId = id;
  }

  synchronized StoredBackup add(StoredBackup.StartParameters parameters, String origin) {
    return add(parameters, origin, newBackupid(now()), now());
  }

  synchronized StoredBackup add(
      StoredBackup.StartParameters parameters, String origin, String backupid, Instant start) {
    StringBuilder name = new StringBuilder("site-127.0.0.1-" + STAMP.format(start) + "utc-");
    random.ints(16, 0, LETTERS.length()).forEach(letter -> name.append(LETTERS.charAt(letter)));
    String archive = name + "." + settings.kind;
    StoredBackup row = new StoredBackup(++lastId, backupid, archive, parameters, origin, start);
    row.parts = settings.parts;
    row.planned = settings.size;
    row.tablePrefix = settings.product.tablePrefix;
    rows.add(0, row);
    return row;
  }

  synchronized Optional<StoredBackup> find(long id) {
    return rows.stream().filter(row -> row.id == id).findFirst();
  }

  /** Newest first. */
  synchronized List<StoredBackup> all() {
    return List.copyOf(rows);
  }

  synchronized boolean remove(long id) {
    return rows.removeIf(row -> row.id == id);
  }

  String newBackupid(Instant when) {
    return "id-" + STAMP.format(when) + "-" + when.getNano() / 1000;
  }
}
