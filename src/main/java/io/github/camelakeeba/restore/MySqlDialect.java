package io.github.camelakeeba.restore;

import java.util.List;
import java.util.Set;

/**
 * What tells that MySQL 8 has written a dump, and not MariaDB: it has syntax that MariaDB refuses,
 * such as {@code KEY ((lower(`a`)))}, which says nothing against the archive.
 */
final class MySqlDialect {
  private static final Set<String> INTEGERS =
      Set.of("tinyint", "smallint", "mediumint", "int", "bigint");

  private MySqlDialect() {}

  /** Whether MySQL 8 has written this CREATE: MariaDB writes {@code int(11)}, and has no 0900. */
  static boolean wrote(String sql) {
    List<SqlToken> tokens = SqlToken.of(sql);
    for (int i = 1; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.kind() != SqlToken.Kind.WORD) {
        continue;
      }
      boolean column = tokens.get(i - 1).kind() == SqlToken.Kind.QUOTED_NAME;
      boolean length = i + 1 < tokens.size() && tokens.get(i + 1).isSign('(');
      String word = token.lowerCase();
      if (column && (INTEGERS.contains(word) && !length || word.equals("json"))
          || word.contains("_0900_")) {
        return true;
      }
    }
    return false;
  }

  /** Whether no bracket of it is missing, as where a part of the dump was lost. */
  static boolean isBalanced(String sql) {
    int depth = 0;
    for (SqlToken token : SqlToken.of(sql)) {
      depth += token.isSign('(') ? 1 : token.isSign(')') ? -1 : 0;
      if (depth < 0) {
        return false;
      }
    }
    return depth == 0;
  }
}
