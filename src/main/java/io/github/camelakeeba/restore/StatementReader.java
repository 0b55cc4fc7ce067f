package io.github.camelakeeba.restore;

import io.github.camelakeeba.archive.dump.InsertStart;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the SQL of a dump apart in one pass. What it hands on holds no comments any more, and the
 * code in executable ones as code, so that the server reads nothing that was not read here. It
 * knows quotes and escapes, since a value may hold whatever ends a statement elsewhere, and holds
 * no more than one row, or one statement without rows.
 */
final class StatementReader {
  /** What {@code #__} stands for: a name of ours that no table of a site begins with. */
  static final String PREFIX = "$_";

  private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MARK = "/**ABDB**/".getBytes(StandardCharsets.US_ASCII); // Akeeba's
  private static final int AHEAD = 16; // bytes that tell what begins: the mark, a delimiter
  private static final int DEL = 0x7f; // behind two dashes the server takes it for a blank
  private static final int MAX_DELIMITER_LINE = 100;
  private static final int MAX_STATEMENT = 1 << 20; // bytes of one that has no rows
  private static final Pattern DELIMITER =
      Pattern.compile("DELIMITER[ \\t]+(\\S{1,10})", Pattern.CASE_INSENSITIVE);
  private static final Pattern ROUTINE =
      Pattern.compile(
          "CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:DEFINER\\s*=\\s*\\S+\\s+)?(?:AGGREGATE\\s+)?"
              + "(?:PROCEDURE|FUNCTION|TRIGGER|EVENT)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** Receives the statements of a dump. */
  interface Target {
    /** One without rows, free of comments. */
    void statement(String sql);

    /** A statement that inserts rows goes on, or begins, with rows that follow. */
    InsertedRows inserting(InsertHead head);
  }

  private enum Within {
    CODE,
    QUOTES,
    COMMENT,
    LINE_COMMENT
  }

  private final Target target;
  private final ExecutableComments executable;

  private byte[] window = new byte[1 << 16];
  private int next;
  private int end;

  private Within within = Within.CODE;
  private byte quote;
  private boolean unwrapped; // within an executable comment whose code counts

  private byte[] text = new byte[8192];
  private int length;
  private InsertedRows rows; // null: in a statement's head, or in one without rows

  private byte[] lastHead = {};
  private InsertHead insert;

  private byte[] delimiter = {';'};
  private boolean marked; // no delimiters around routines: they end where a mark follows
  private boolean routine;
  private boolean routineMayEnd;

  /** Version of the server as MariaDB numbers it, such as 110405: executable comments name one. */
  StatementReader(int serverVersion, Target target) {
    this.executable = new ExecutableComments(serverVersion);
    this.target = target;
  }

  /** Reads on; where one call ends and the next begins makes no difference. */
  void read(byte[] from, int offset, int count) {
    if (end + count > window.length) {
      System.arraycopy(window, next, window, 0, end - next);
      end -= next;
      next = 0;
      if (end + count > window.length) {
        window = Arrays.copyOf(window, end + count);
      }
    }
    System.arraycopy(from, offset, window, end, count);
    end += count;
    scan(AHEAD);
  }

  /** A file of the dump has ended: statements never straddle files. */
  void endOfFile() {
    scan(1);
    endRoutine();
    if (within == Within.QUOTES || within == Within.COMMENT || rows != null || length > 0) {
      throw new RefusedStatementException(
          "The dump ends within a statement: \"%s\"."
              .formatted(rows == null ? StatementText.beginning(text()) : insert.toString()));
    }
    within = Within.CODE;
    unwrapped = false;
    delimiter = new byte[] {';'};
  }

  private void scan(int ahead) {
    while (end - next >= ahead) {
      boolean waits =
          switch (within) {
            case QUOTES -> quoted(ahead);
            case COMMENT -> comment();
            case LINE_COMMENT -> lineComment();
            default -> code();
          };
      if (waits) {
        return;
      }
    }
  }

  private boolean quoted(int ahead) {
    int i = next;
    while (i < end && window[i] != quote && (quote == '`' ? window[i] != '#' : window[i] != '\\')) {
      i++;
    }
    keep(window, next, i - next);
    next = i;
    if (i == end) {
      return false;
    }
    if (window[i] == quote) {
      within = Within.CODE;
      keep(window, i, 1);
      next++;
      return false;
    }
    if (end - i < ahead) {
      return true; // what follows the escape, or the hash, is still to come
    }
    if (window[i] == '#') {
      prefixOr(1);
      return false;
    }
    int count = Math.min(2, end - i);
    keep(window, i, count);
    next += count;
    return false;
  }

  private void prefixOr(int otherwise) {
    if (at(1) == '_' && at(2) == '_') {
      keep(PREFIX_BYTES, 0, PREFIX_BYTES.length);
      next += 3;
    } else {
      keep(window, next, otherwise);
      next += otherwise;
    }
  }

  private int at(int ahead) {
    return next + ahead < end ? window[next + ahead] & 0xff : -1;
  }

  private boolean comment() {
    while (next < end - 1) {
      if (window[next] == '*' && window[next + 1] == '/') {
        next += 2;
        within = Within.CODE;
        return false;
      }
      next++;
    }
    return true;
  }

  private boolean lineComment() {
    while (next < end) {
      if (window[next++] == '\n') {
        within = Within.CODE;
        return false;
      }
    }
    return true;
  }

  private boolean code() {
    byte b = window[next];
    if (b == '/' && at(1) == '*') {
      blockComment();
    } else if (b == '*' && at(1) == '/' && unwrapped) {
      unwrapped = false;
      next += 2;
      space();
    } else if (b == '#') {
      if (at(1) == '_' && at(2) == '_') {
        prefixOr(0);
      } else {
        within = Within.LINE_COMMENT;
        space();
      }
    } else if (b == '-' && at(1) == '-' && (at(2) < 0 || blank(at(2)) || at(2) == DEL)) {
      within = Within.LINE_COMMENT;
      next += 2;
      space();
    } else if (atDelimiter()) {
      delimiter();
    } else {
      one(b);
    }
    return false;
  }

  private void blockComment() {
    space();
    if (matches(MARK)) {
      next += MARK.length;
      marked = true;
      endRoutine();
      return;
    }
    int head = executable.headLength(window, next, end);
    if (head == 0) {
      within = Within.COMMENT;
      next += 2;
    } else {
      unwrapped = executable.counts(window, next, head);
      within = unwrapped ? Within.CODE : Within.COMMENT;
      next += head;
    }
  }

  /** What parts two words must go on parting them. */
  private void space() {
    if (rows == null && length > 0) {
      keep(new byte[] {' '}, 0, 1);
    }
  }

  private boolean matches(byte[] what) {
    return end - next >= what.length
        && Arrays.equals(window, next, next + what.length, what, 0, what.length);
  }

  private boolean atDelimiter() {
    return window[next] == delimiter[0] && matches(delimiter);
  }

  private void delimiter() {
    if (rows == null && !routine && marked) {
      routine = length > 0 && ROUTINE.matcher(text()).matches();
    }
    if (routine) {
      keep(window, next, delimiter.length);
      next += delimiter.length;
      routineMayEnd = true;
      return;
    }
    next += delimiter.length;
    endOfStatement();
  }

  private void endRoutine() {
    if (routine && routineMayEnd) {
      while (length > 0 && (blank(text[length - 1]) || text[length - 1] == delimiter[0])) {
        length--;
      }
      endOfStatement();
    }
  }

  private void one(byte b) {
    if (rows == null && length == 0 && blank(b)) {
      next++;
      return;
    }
    if (rows == null && b == '(' && beginsRows()) {
      return;
    }
    routineMayEnd &= blank(b);
    keep(window, next, 1);
    next++;
    if (b == '\'' || b == '"' || b == '`') {
      quote = b;
      within = Within.QUOTES;
    } else if (b == '\n' && rows == null && length <= MAX_DELIMITER_LINE) {
      delimiterLine();
    }
  }

  /** A command of MySQL's client, which ends with its line. */
  private void delimiterLine() {
    Matcher command = DELIMITER.matcher(text());
    if (command.matches()) {
      delimiter = command.group(1).getBytes(StandardCharsets.ISO_8859_1);
      length = 0;
    }
  }

  private boolean beginsRows() {
    if (length == 0) {
      return false;
    }
    // some dumps have a statement for each row
    if (insert == null || !Arrays.equals(text, 0, length, lastHead, 0, lastHead.length)) {
      if (!InsertStart.mayEndHere(text, length)) {
        return false;
      }
      InsertHead head = InsertHead.of(text());
      if (head == null) {
        throw RefusedStatementException.needless(text());
      }
      insert = head;
      lastHead = Arrays.copyOf(text, length);
    }
    rows = target.inserting(insert);
    return true;
  }

  private void keep(byte[] from, int offset, int count) {
    if (rows != null) {
      rows.add(from, offset, count, within == Within.QUOTES);
      return;
    }
    if (length + count > text.length) {
      if (length + count > MAX_STATEMENT) {
        throw new RefusedStatementException(
            true,
            "A statement of the dump is larger than %s bytes, which is more than we hold: \"%s\"."
                .formatted(MAX_STATEMENT, StatementText.beginning(text())));
      }
      text = Arrays.copyOf(text, Math.max(2 * text.length, length + count));
    }
    System.arraycopy(from, offset, text, length, count);
    length += count;
  }

  private void endOfStatement() {
    if (rows != null) {
      rows.endOfStatement();
      rows = null;
    } else if (length > 0 && !text().isBlank()) {
      target.statement(text());
    }
    length = 0;
    routine = false;
    routineMayEnd = false;
  }

  private String text() {
    return new String(text, 0, length, StandardCharsets.UTF_8).strip();
  }

  private static boolean blank(int b) {
    return b >= 0 && b <= ' ';
  }
}
