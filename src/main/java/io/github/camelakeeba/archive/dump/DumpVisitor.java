package io.github.camelakeeba.archive.dump;

/** Is called with the contents of a dump, in order. Names are as the dump writes them. */
public interface DumpVisitor {

  /** A CREATE of a table, view, procedure, function, trigger or event: its kind in lower case. */
  void created(String kind, String name);

  /** The table that was just created, and the charset that its CREATE names, or null. */
  default void table(String name, String charset) {}

  /** An INSERT into a table begins; the rows that follow are its rows. */
  void inserting(String table);

  /** A row of a table whose primary key is not a single whole number, or is not known. */
  void row();

  void row(long key);
}
