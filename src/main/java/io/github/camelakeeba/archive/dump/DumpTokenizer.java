package io.github.camelakeeba.archive.dump;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the SQL of a dump in one pass, byte by byte, and holds no more of it than the head of one
 * statement. It knows quotes, escapes and comments, since a value may hold whatever ends a
 * statement elsewhere. The bytes are not valid UTF-8: binary values are written as they are
 * (measured on archives of real servers).
 */
final class DumpTokenizer {
  private static final int MAX_HEAD = 1024 * 1024; // bytes: a table's CREATE fits many times
  private static final int MAX_DELIMITER_LINE = 100;
  private static final String MARK = "*ABDB**"; // Akeeba's, before a statement, in a comment
  private static final byte[] PREFIX = {'#', '_', '_'}; // of a table's name; no comment
  private static final Pattern INSERT =
      Pattern.compile(
          "(?:INSERT|REPLACE)\\s+(?:IGNORE\\s+)?(?:INTO\\s+)?"
              + "(?:`((?:[^`]|``)++)`|([^\\s(`]+))\\s*(?:\\((.*)\\))?\\s*VALUES?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final byte[] NO_HEAD = {};
  private static final Pattern ROUTINE =
      Pattern.compile(
          "CREATE\\s+(?:DEFINER\\s*=\\s*\\S+\\s+)?(?:PROCEDURE|FUNCTION|TRIGGER|EVENT)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern DELIMITER =
      Pattern.compile("DELIMITER[ \\t]+(\\S+)", Pattern.CASE_INSENSITIVE);

  private enum Within {
    CODE,
    QUOTES,
    ESCAPE,
    BLOCK_COMMENT,
    HASH,
    LINE_COMMENT
  }

  /** How far the statement is: its head is all of it, unless it is an INSERT with values. */
  private enum Statement {
    NONE,
    HEAD,
    ROWS
  }

  private final DumpVisitor visitor;
  private final Map<String, TableDefinition> tables;

  private Within within = Within.CODE;
  private Statement statement = Statement.NONE;
  private final StringBuilder comment = new StringBuilder();
  private byte quote;
  private byte before;
  private int dashes; // of the code, in front of what comes
  private int hashes;

  private byte[] head = new byte[8192];
  private int headLength;

  private byte[] insertHead = NO_HEAD; // of the last INSERT: its table, and its key's place

  private boolean noRows; // of the statement: it is no INSERT of rows
  private String table;

  private byte[] delimiter = {';'};
  private int matched;

  private boolean marked; // no delimiters around routines: they end where a mark follows

  private boolean routine;
  private boolean routineMayEnd;

  private int depth;
  private int column;
  private int keyColumn;
  private final PrimaryKeyReader key = new PrimaryKeyReader();

  private DumpTokenizer(DumpVisitor visitor, Map<String, TableDefinition> tables, boolean marked) {
    this.visitor = visitor;
    this.tables = tables;
    this.marked = marked;
  }

  /** For a dump's next file, which may begin with rows of an earlier table; null: the first. */
  static DumpTokenizer continuing(DumpTokenizer earlier, DumpVisitor visitor) {
    return earlier == null
        ? new DumpTokenizer(visitor, new HashMap<>(), false)
        : new DumpTokenizer(visitor, earlier.tables, earlier.marked);
  }

  /** Reads on; where one call ends and the next begins makes no difference. */
  void read(byte[] from, int offset, int length) {
    int i = offset;
    int end = offset + length;
    while (i < end) {
      switch (within) {
        case QUOTES -> i = quoted(from, i, end);
        case ESCAPE -> {
          keep(from, i, i + 1);
          i++;
          within = Within.QUOTES;
        }
        case BLOCK_COMMENT -> blockComment(from[i++]);
        case HASH -> i += hash(from[i]);
        case LINE_COMMENT -> {
          if (from[i++] == '\n') {
            within = Within.CODE;
          }
        }
        default -> code(from, i++);
      }
    }
  }

  /** Whether no statement is open here, as at the end of each file of a whole dump. */
  boolean atEndOfStatement() {
    endRoutine();
    return within != Within.QUOTES
        && within != Within.ESCAPE
        && within != Within.BLOCK_COMMENT
        && statement == Statement.NONE;
  }

  private int quoted(byte[] from, int start, int end) {
    int i = start;
    while (i < end && from[i] != quote && (from[i] != '\\' || quote == '`')) {
      i++;
    }
    keep(from, start, i);
    if (i == end) {
      return end;
    }
    if (from[i] == quote) {
      within = Within.CODE;
      if (statement == Statement.HEAD) {
        keep(from, i, i + 1);
      }
    } else {
      within = Within.ESCAPE;
      keep(from, i, i + 1);
    }
    return i + 1;
  }

  /** Keeps what is needed of the statement: its head, or the key of a row. */
  private void keep(byte[] from, int start, int end) {
    if (statement == Statement.HEAD) {
      int count = Math.min(end - start, MAX_HEAD - headLength);
      if (headLength + count > head.length) {
        head = Arrays.copyOf(head, Math.min(MAX_HEAD, 2 * (headLength + count)));
      }
      System.arraycopy(from, start, head, headLength, count);
      headLength += count;
    } else if (depth == 1 && column == keyColumn && statement == Statement.ROWS) {
      key.add(from, start, end);
    }
  }

  private void blockComment(byte b) {
    if (before == '*' && b == '/') {
      within = Within.CODE;
      before = 0;
      if (comment.toString().equals(MARK)) {
        marked = true;
        endRoutine();
      }
      return;
    }
    if (comment.length() <= MARK.length()) {
      comment.append((char) (b & 0xff));
    }
    before = b;
  }

  private void endRoutine() {
    if (routine && routineMayEnd) {
      endOfStatement();
    }
  }

  private void code(byte[] from, int i) {
    byte b = from[i];
    byte last = before;
    int dashesBefore = dashes;
    before = b;
    dashes = b == '-' ? dashes + 1 : 0;
    if (last == '/' && b == '*') {
      removeLast(1);
      comment.setLength(0);
      within = Within.BLOCK_COMMENT;
      before = 0;
    } else if (b == '#') {
      hashes = 1;
      within = Within.HASH;
    } else if (dashesBefore >= 2 && blank(b)) { // in a routine, too: it may hold a quote
      removeLast(2);
      within = b == '\n' ? Within.CODE : Within.LINE_COMMENT;
    } else if (statement == Statement.ROWS) {
      rows(from, i);
    } else {
      head(from, i);
    }
  }

  private static boolean blank(byte b) {
    return b >= 0 && b <= ' ';
  }

  /**
   * Behind a hash: a comment, or the name of a table without quotes, as in the statement that
   * Akeeba's filter of Joomla's finder adds ({@code INSERT INTO #__finder_taxonomy}). Gives the
   * bytes that were read.
   */
  private int hash(byte b) {
    if (b != PREFIX[hashes]) {
      within = Within.LINE_COMMENT;
      return 0;
    }
    if (++hashes == PREFIX.length) {
      within = Within.CODE;
      before = '_';
      matched = 0;
      routineMayEnd = false;
      if (statement == Statement.NONE) {
        statement = Statement.HEAD;
        headLength = 0;
      }
      keep(PREFIX, 0, PREFIX.length);
    }
    return 1;
  }

  /** Removes what turned out to begin a comment, or to end the statement. */
  private void removeLast(int count) {
    if (statement == Statement.HEAD) {
      headLength = Math.max(0, headLength - count);
      if (headLength == 0) {
        statement = Statement.NONE;
      }
    }
  }

  private void head(byte[] from, int i) {
    byte b = from[i];
    if (ends(b)) {
      return;
    }
    if (statement == Statement.NONE) {
      if (blank(b)) {
        return;
      }
      statement = Statement.HEAD;
      headLength = 0;
    }
    if (b == '(' && insertsRows()) {
      rows(from, i);
      return;
    }
    // a slash may begin the mark that ends a routine, a dash a comment before it
    routineMayEnd &= blank(b) || b == '/' || b == '-';
    keep(from, i, i + 1);
    opens(b);
    if (b == '\n' && headLength <= MAX_DELIMITER_LINE) {
      delimiterLine();
    }
  }

  private void opens(byte b) {
    if (b == '\'' || b == '"' || b == '`') {
      quote = b;
      within = Within.QUOTES;
      matched = 0;
    }
  }

  /** Ends the statement where its delimiter ends. */
  private boolean ends(byte b) {
    matched = b == delimiter[matched] ? matched + 1 : b == delimiter[0] ? 1 : 0;
    if (matched < delimiter.length) {
      return false;
    }
    matched = 0;
    if (statement == Statement.HEAD) {
      removeLast(delimiter.length - 1);
      routine = routine || marked && ROUTINE.matcher(text()).lookingAt();
    }
    if (routine) {
      routineMayEnd = true;
    } else if (statement != Statement.NONE) {
      endOfStatement();
    }
    return true;
  }

  private void endOfStatement() {
    if (statement == Statement.HEAD) {
      TableDefinition created = TableDefinition.of(text());
      if (created != null) {
        if (created.kind().equals("table")) {
          tables.put(created.name(), created);
          insertHead = NO_HEAD;
        }
        visitor.created(created.kind(), created.name());
        if (created.kind().equals("table")) {
          visitor.table(created.name(), created.charset());
        }
      }
    }
    statement = Statement.NONE;
    noRows = false;
    routine = false;
    routineMayEnd = false;
  }

  /** A command of MySQL's client, which ends with its line. */
  private void delimiterLine() {
    Matcher command = DELIMITER.matcher(text());
    if (command.matches()) {
      delimiter = command.group(1).getBytes(StandardCharsets.ISO_8859_1);
      matched = 0;
      statement = Statement.NONE;
    }
  }

  /** Whether the first row of an INSERT begins here. */
  private boolean insertsRows() {
    if (noRows || headLength == 0 || headLength == MAX_HEAD) {
      return false;
    }
    // some dumps have a statement for each row
    if (!Arrays.equals(head, 0, headLength, insertHead, 0, insertHead.length)) {
      if (!InsertStart.mayEndHere(head, headLength)) {
        return false;
      }
      Matcher insert = INSERT.matcher(text());
      if (!insert.matches()) {
        noRows = true; // each look at a long text takes its time
        return false;
      }
      table = TableDefinition.name(insert.group(1), insert.group(2));
      TableDefinition definition = tables.get(table);
      keyColumn = definition == null ? -1 : definition.keyIndex(insert.group(3));
      insertHead = Arrays.copyOf(head, headLength);
    }
    statement = Statement.ROWS;
    depth = 0;
    visitor.inserting(table);
    return true;
  }

  private String text() {
    return new String(head, 0, headLength, StandardCharsets.UTF_8).strip();
  }

  private void rows(byte[] from, int i) {
    byte b = from[i];
    if (depth == 0 && ends(b)) {
      return;
    }
    switch (b) {
      case '(' -> {
        if (depth++ == 0) {
          column = 0;
          key.begin();
        }
      }
      case ')' -> {
        if (--depth == 0) {
          key.emit(visitor);
        }
      }
      case ',' -> column += depth == 1 ? 1 : 0;
      case '\'', '"', '`' -> opens(b);
      default -> {
        if (!blank(b)) {
          keep(from, i, i + 1);
        }
      }
    }
  }
}
