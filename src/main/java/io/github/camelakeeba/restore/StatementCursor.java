package io.github.camelakeeba.restore;

import java.util.List;
import java.util.Set;

/** A place in a statement. */
final class StatementCursor {
  /** Functions that read files, wait, or lock. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "load_file",
          "sleep",
          "benchmark",
          "get_lock",
          "release_lock",
          "release_all_locks",
          "master_pos_wait",
          "master_gtid_wait",
          "sys_exec",
          "sys_eval",
          "sys_get",
          "sys_set");

  /** Words behind which stands the name of a table or an index, and then a bracket. */
  private static final Set<String> NAMING = Set.of("table", "exists", "key", "index", "references");

  final String sql;
  final List<SqlToken> tokens;
  private int next;

  StatementCursor(String sql) {
    this.sql = sql;
    this.tokens = SqlToken.of(sql);
  }

  boolean atEnd() {
    return next == tokens.size();
  }

  int from() {
    return atEnd() ? sql.length() : tokens.get(next).from();
  }

  boolean is(String word) {
    return !atEnd() && tokens.get(next).is(word);
  }

  boolean isSign(char sign) {
    return !atEnd() && tokens.get(next).isSign(sign);
  }

  boolean skip(String word) {
    boolean there = is(word);
    next += there ? 1 : 0;
    return there;
  }

  boolean skipSign(char sign) {
    boolean there = isSign(sign);
    next += there ? 1 : 0;
    return there;
  }

  void require(String word) {
    if (!skip(word)) {
      throw refused();
    }
  }

  void requireSign(char sign) {
    if (!skipSign(sign)) {
      throw refused();
    }
  }

  SqlToken next() {
    if (atEnd()) {
      throw refused();
    }
    return tokens.get(next++);
  }

  SqlToken name() {
    SqlToken token = next();
    if (!token.isName()) {
      throw refused();
    }
    return token;
  }

  /** Of something in the scratch schema. */
  String ownName() {
    SqlToken name = name();
    if (isSign('.')) {
      throw refused();
    }
    return name.text();
  }

  void refuseWord(Set<String> words) {
    for (SqlToken token : tokens) {
      if (token.kind() == SqlToken.Kind.WORD && words.contains(token.lowerCase())) {
        throw refused();
      }
    }
  }

  void refuseFunctions() {
    for (int i = 0; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).isName()
          && tokens.get(i + 1).isSign('(')
          && FUNCTIONS.contains(tokens.get(i).lowerCase())
          && !(i > 0 && NAMING.contains(tokens.get(i - 1).lowerCase()))) {
        throw refused();
      }
    }
  }

  RefusedStatementException refused() {
    return RefusedStatementException.needless(sql);
  }

  RefusedStatementException unsupported(String what) {
    return new RefusedStatementException(
        true,
        "The dump holds %s, which is not restored into a scratch schema: \"%s\"."
            .formatted(what, StatementText.beginning(sql)));
  }
}
