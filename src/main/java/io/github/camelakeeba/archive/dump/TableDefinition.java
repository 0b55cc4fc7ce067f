package io.github.camelakeeba.archive.dump;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is created, read from its CREATE as {@code SHOW CREATE TABLE} writes it. It is remembered as
 * long as the dump is read, so that it takes little memory whatever a CREATE holds.
 *
 * @param kind what it is, in lower case
 * @param keyPlace the place of the key among all columns, or -1
 * @param key the column that alone is the primary key and holds whole numbers, or null
 * @param charset that its text has where a column says nothing else, or null
 */
record TableDefinition(String kind, String name, int keyPlace, String key, String charset) {
  private static final int MAX_NAME = 256; // characters: a server takes 64

  private static final String NAME = "`((?:[^`]|``)++)`"; // without recursion
  private static final Pattern QUOTED = Pattern.compile(NAME);
  private static final Pattern CREATE =
      Pattern.compile(
          "CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:TEMPORARY\\s+)?(?:ALGORITHM\\s*=\\s*\\w+\\s+)?"
              + "(?:DEFINER\\s*=\\s*\\S+\\s+)?(?:SQL\\s+SECURITY\\s+\\w+\\s+)?"
              + "(TABLE|VIEW|PROCEDURE|FUNCTION|TRIGGER|EVENT)\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?"
              + "(?:"
              + NAME
              + "|([^\\s(`]+))",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern COLUMN =
      Pattern.compile("^[ \\t]*+" + NAME + "\\s+(\\w+)", Pattern.MULTILINE);
  private static final Pattern PRIMARY =
      Pattern.compile("^[ \\t]*+PRIMARY KEY \\(" + NAME + "\\)", Pattern.MULTILINE);
  private static final Pattern CHARSET =
      Pattern.compile("^\\)[^\\n]*?\\bCHARSET=(\\w+)", Pattern.MULTILINE);
  private static final Set<String> INTEGER_TYPES =
      Set.of("tinyint", "smallint", "mediumint", "int", "integer", "bigint");

  /** From the text of a statement; null when it is no CREATE of a kind that is known. */
  static TableDefinition of(String statement) {
    Matcher create = CREATE.matcher(statement);
    if (!create.lookingAt()) {
      return null;
    }
    String kind = create.group(1).toLowerCase(Locale.ROOT);
    String name = name(create.group(2), create.group(3));
    if (!kind.equals("table")) {
      return new TableDefinition(kind, name, -1, null, null);
    }
    String body = statement.substring(create.end());
    Matcher primary = PRIMARY.matcher(body);
    String key = primary.find() ? unquoted(primary.group(1)) : null;
    int keyPlace = -1;
    if (key != null && key.length() <= MAX_NAME) {
      Matcher column = COLUMN.matcher(body);
      for (int place = 0; column.find(); place++) {
        if (unquoted(column.group(1)).equals(key)
            && INTEGER_TYPES.contains(column.group(2).toLowerCase(Locale.ROOT))) {
          keyPlace = place;
          break;
        }
      }
    }
    Matcher charset = CHARSET.matcher(body);
    return new TableDefinition(
        kind,
        name,
        keyPlace,
        keyPlace < 0 ? null : key,
        charset.find() ? limited(charset.group(1)) : null);
  }

  /** Of one that was written in quotes, or else without; the same in a CREATE and in an INSERT. */
  static String name(String quoted, String plain) {
    return limited(quoted == null ? plain : unquoted(quoted));
  }

  private static String limited(String text) {
    return text.length() <= MAX_NAME ? text : text.substring(0, MAX_NAME);
  }

  private static String unquoted(String name) {
    return name.replace("``", "`");
  }

  /** The place of the key among the columns that an INSERT names (null: all), or -1. */
  int keyIndex(String named) {
    return key == null || named == null ? keyPlace : names(named).indexOf(key);
  }

  private static List<String> names(String columns) {
    return QUOTED.matcher(columns).results().map(one -> unquoted(one.group(1))).toList();
  }
}
