package io.github.camelakeeba.archive.dump;

import io.github.camelakeeba.archive.format.BrokenArchiveException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the dump of a backup: the SQL files of each database, and the list of what they should
 * hold. Statements never straddle files; a table's rows go on in the next file (measured on
 * archives of real servers).
 */
public final class DumpReader {
  private static final String LIST = "databases.json";
  private static final int MAX_LIST_BYTES = 4 << 20; // a hundred thousand tables
  private static final long MAX_KEY_BYTES = 16L << 20; // some hundred million consecutive rows

  /** Of tables, in all files together, and a file counts as one: below 100 MiB. */
  private static final int MAX_NAMES = 100_000;

  private static final int MAX_DATABASES = 1_000; // each keeps a buffer

  /** {@code site.sql, site.s01, …, site.s100}. */
  private static final Pattern SQL = Pattern.compile("(.+)\\.(?:sql|s\\d{2,})");

  private final Map<String, Map<String, DumpFile>> databases = new TreeMap<>();
  private final Map<String, DumpTokenizer> tokenizers = new HashMap<>();
  private final boolean listed;
  private ByteArrayOutputStream list;
  private boolean listComplete;

  private DumpFile file;
  private DumpTokenizer tokenizer;
  private boolean inList;
  private long keyBytes;
  private int names;
  private int open;

  /** Whether a list of what it should hold belongs to it, as to each dump in an archive. */
  public DumpReader(boolean listed) {
    this.listed = listed;
  }

  public static boolean isPart(String name) {
    return name.equals(LIST) || SQL.matcher(name).matches();
  }

  /** What the SQL files of a database have in common: their name without its end. */
  static String database(String name) {
    Matcher sql = SQL.matcher(name);
    return sql.matches() ? sql.group(1) : name;
  }

  /** A file begins; it replaces an earlier one of the same name, as when it is unpacked. */
  public void begin(String name) {
    inList = name.equals(LIST);
    open++;
    if (inList) {
      list = new ByteArrayOutputStream();
      listComplete = false;
      return;
    }
    file = new DumpFile(MAX_KEY_BYTES - keyBytes, MAX_NAMES - ++names);
    databases.computeIfAbsent(database(name), base -> new LinkedHashMap<>()).put(name, file);
    tokenizer = DumpTokenizer.continuing(tokenizers.get(database(name)), file);
    tokenizers.put(database(name), tokenizer);
    if (databases.size() > MAX_DATABASES || names > MAX_NAMES) {
      throw new BrokenArchiveException("The dump has more tables and files than that of any site.");
    }
  }

  public void bytes(byte[] from, int offset, int length) {
    if (inList) {
      if (list.size() <= MAX_LIST_BYTES) {
        list.write(from, offset, length);
      }
    } else {
      tokenizer.read(from, offset, length);
    }
  }

  /** The file has ended, and was read whole. */
  public void end() {
    open--;
    if (inList) {
      listComplete = list.size() <= MAX_LIST_BYTES;
    } else {
      file.complete = tokenizer.atEndOfStatement();
      keyBytes += file.keyBytes();
      names += file.names();
    }
  }

  /** The verdict on the dump, compared with its own list and what the site said. */
  public DumpVerification verify(DumpExpectation expected) {
    if (open > 0 || databases.isEmpty() && list == null && expected.rows().isEmpty()) {
      return DumpVerification.NONE;
    }
    DumpVerifier verifier = new DumpVerifier(expected);
    databases.values().forEach(verifier::statements);
    List<DumpedDatabase> listed = listed(verifier);
    Map<String, DumpFile> dumps = dumps();
    for (DumpedDatabase database : listed) {
      int files = databases.getOrDefault(database.name(), Map.of()).size();
      verifier.tables(database, files, dumps.get(database.name()));
    }
    dumps.values().forEach(verifier::keys);
    verifier.rows(listed, dumps);
    return verifier.result();
  }

  /** What each database has, all of its files together. */
  private Map<String, DumpFile> dumps() {
    Map<String, DumpFile> dumps = new TreeMap<>();
    databases.forEach(
        (name, files) -> {
          DumpFile all = new DumpFile(MAX_KEY_BYTES, Integer.MAX_VALUE);
          files.values().forEach(all::add);
          dumps.put(name, all);
        });
    return dumps;
  }

  /** The tables of the dump, in its order, without views; none: there is no dump. */
  public List<DumpTable> tables() {
    return dumps().entrySet().stream()
        .flatMap(dump -> dump.getValue().tables(dump.getKey()))
        .toList();
  }

  /** Whether each file ended behind a statement. */
  public boolean complete() {
    return open == 0
        && databases.values().stream()
            .flatMap(files -> files.values().stream())
            .allMatch(file -> file.complete);
  }

  /**
   * Why nobody can say whether all of the dump is there, as a sentence; null: its list says so, or
   * it has none, as a dump without an archive. The list is written when the dump is done.
   */
  public String unaccounted() {
    if (!listed || databases.isEmpty()) {
      return null;
    }
    List<DumpedDatabase> read = readList();
    if (read == null) {
      return "The dump has no list of its tables that can be read (installation/sql/databases.json), which is written when a dump is done: nobody can say whether all of it is there.";
    }
    Set<String> unlisted = new TreeSet<>(databases.keySet());
    for (DumpedDatabase database : read) {
      unlisted.remove(database.name());
      if (database.parts() > 0 && !databases.containsKey(database.name())) {
        return "The dump of %s has none of its %s files in the archive."
            .formatted(database.name(), database.parts());
      }
    }
    return unlisted.isEmpty()
        ? null
        : "The dump of %s is not in the list of what the dump holds (installation/sql/databases.json)."
            .formatted(String.join(", ", unlisted));
  }

  /** Null: there is none that can be read. */
  private List<DumpedDatabase> readList() {
    try {
      return list != null && listComplete ? DumpedDatabase.list(list.toByteArray()) : null;
    } catch (IOException e) {
      return null; // its text helps nobody
    }
  }

  private List<DumpedDatabase> listed(DumpVerifier verifier) {
    if (!listed || databases.isEmpty() && list == null) {
      return List.of();
    }
    List<DumpedDatabase> read = readList();
    if (read != null) {
      return read;
    }
    verifier.warn(
        list == null
            ? "The dump has no list of its tables (installation/sql/databases.json): tables that are missing would not show."
            : "The list of the dump's tables (installation/sql/databases.json) can't be read: tables that are missing would not show.");
    return List.of();
  }
}
