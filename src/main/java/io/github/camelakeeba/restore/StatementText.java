package io.github.camelakeeba.restore;

import io.github.camelakeeba.secret.UntrustedText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statements of a dump in sentences for people, without the site's data. */
final class StatementText {
  private static final int BEGINNING = 80; // characters
  private static final Pattern VALUE =
      Pattern.compile("'(?:[^'\\\\]|\\\\.)*+'?|\"(?:[^\"\\\\]|\\\\.)*+\"?", Pattern.DOTALL);
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

  /** A value of a row, but for a number: it may be a token of a user's. */
  private static final Pattern DATA =
      Pattern.compile(
          "(entry|value:?) '(?!-?\\d{1,20}' for ).*'(?= for (?:key|column) )", Pattern.DOTALL);

  private static final Pattern NO_SECRET = Pattern.compile("[\\w$.#-]{1,64}");
  private static final Pattern CONNECTION = Pattern.compile("^\\(conn=\\d+\\)\\s*");
  private static final Pattern CODE = Pattern.compile("near '.*", Pattern.DOTALL);

  private StatementText() {}

  /** How a statement begins; its values are masked. */
  static String beginning(String sql) {
    String head = sql.substring(0, Math.min(sql.length(), 10 * BEGINNING));
    return UntrustedText.oneLine(withoutScratch(VALUE.matcher(head).replaceAll("'…'")), BEGINNING);
  }

  /** What the server says, without the data of the site and the names that are ours. */
  static String ofServer(String message) {
    if (message == null) {
      return "it does not say why";
    }
    String code = CODE.matcher(CONNECTION.matcher(message).replaceFirst("")).replaceAll("near …");
    String said = DATA.matcher(code).replaceAll("$1 '…'");
    String masked =
        QUOTED
            .matcher(said)
            .replaceAll(
                one ->
                    Matcher.quoteReplacement(
                        NO_SECRET.matcher(one.group(1)).matches() ? one.group() : "'…'"));
    return UntrustedText.asCause(withoutScratch(masked)).replaceFirst("\\.$", "");
  }

  /** A table's name as the dump has it. */
  static String asDumped(String table) {
    return table.startsWith(StatementReader.PREFIX)
        ? "#__" + table.substring(StatementReader.PREFIX.length())
        : table;
  }

  static String unquoted(String name) {
    return name.startsWith("`") ? name.substring(1, name.length() - 1).replace("``", "`") : name;
  }

  static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  private static String withoutScratch(String text) {
    return text.replaceAll("`?" + ScratchSchema.NAME_PATTERN + "`?\\.", "")
        .replace(StatementReader.PREFIX, "#__");
  }
}
