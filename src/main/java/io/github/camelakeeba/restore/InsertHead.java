package io.github.camelakeeba.restore;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An INSERT or REPLACE before its rows.
 *
 * @param sql as it is sent, up to VALUES
 */
record InsertHead(String sql, String table) {
  private static final String NAME = "(?:`(?:[^`]|``)++`|[\\w$]++)"; // without recursion
  private static final Pattern HEAD =
      Pattern.compile(
          "(INSERT|REPLACE)\\s+(?:IGNORE\\s+)?(?:INTO\\s+)?("
              + NAME
              + ")\\s*(\\(\\s*"
              + NAME
              + "(?:\\s*,\\s*"
              + NAME
              + ")*+\\s*\\))?\\s*VALUES?",
          Pattern.CASE_INSENSITIVE);

  /** Null: the text is no such head, or not all of it. */
  static InsertHead of(String text) {
    Matcher head = HEAD.matcher(text);
    if (!head.matches()) {
      return null;
    }
    String columns = head.group(3) == null ? "" : " " + head.group(3);
    // without IGNORE: a row that does not fit must show
    return new InsertHead(
        "%s INTO %s%s VALUES ".formatted(head.group(1), head.group(2), columns),
        StatementText.unquoted(head.group(2)));
  }

  @Override
  public String toString() {
    return StatementText.beginning(sql);
  }
}
