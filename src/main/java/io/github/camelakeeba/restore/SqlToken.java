package io.github.camelakeeba.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word, a name, a value or a sign of a statement that holds no comments.
 *
 * @param text of a quoted name without its quotes
 * @param from where it begins in the statement
 * @param to where it has ended
 */
record SqlToken(Kind kind, String text, int from, int to) {
  enum Kind {
    WORD,
    QUOTED_NAME,
    STRING,
    NUMBER,
    SIGN
  }

  private static final int MAX_TOKENS = 1 << 18; // of the largest CREATE TABLE a quarter

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<name>`(?:[^`]|``)*+`)"
              + "|(?<string>'(?:[^'\\\\]|\\\\.|'')*+'|\"(?:[^\"\\\\]|\\\\.|\"\")*+\")"
              + "|(?<number>\\d++(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?![\\w$])|\\.\\d+(?![\\w$]))"
              + "|(?<word>[\\w$\\x{80}-\\x{10ffff}]+)"
              + "|(?<sign>\\S)",
          Pattern.DOTALL);

  static List<SqlToken> of(String sql) {
    List<SqlToken> tokens = new ArrayList<>();
    Matcher token = TOKEN.matcher(sql);
    while (token.find()) {
      if (tokens.size() == MAX_TOKENS) {
        throw new RefusedStatementException(
            true,
            "A statement of the dump has more words than we hold: \"%s\"."
                .formatted(StatementText.beginning(sql)));
      }
      Kind kind =
          token.group("name") != null
              ? Kind.QUOTED_NAME
              : token.group("string") != null
                  ? Kind.STRING
                  : token.group("number") != null
                      ? Kind.NUMBER
                      : token.group("word") != null ? Kind.WORD : Kind.SIGN;
      String text =
          kind == Kind.QUOTED_NAME ? StatementText.unquoted(token.group()) : token.group();
      tokens.add(new SqlToken(kind, text, token.start(), token.end()));
    }
    return tokens;
  }

  boolean is(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSign(char sign) {
    return kind == Kind.SIGN && text.charAt(0) == sign;
  }

  /** Whether it can be the name of something. */
  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
  }

  String lowerCase() {
    return text.toLowerCase(Locale.ROOT);
  }
}
