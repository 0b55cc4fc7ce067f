package io.github.camelakeeba.restore;

import io.github.camelakeeba.restore.DumpStatement.Action;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets through what a dump needs, and nothing else: an archive may come from a site that somebody
 * else has taken over. Every statement names things of the scratch schema only.
 */
final class StatementGate {
  private static final Set<String> SETTINGS =
      Set.of(
          "names",
          "character",
          "charset",
          "sql_mode",
          "sql_quote_show_create",
          "foreign_key_checks",
          "unique_checks",
          "sql_notes",
          "sql_safe_updates",
          "time_zone",
          "autocommit",
          "character_set_client",
          "character_set_results",
          "character_set_connection",
          "collation_connection",
          "innodb_strict_mode");

  /** Modes and character sets by which what follows reads otherwise than it is read here. */
  private static final Set<String> OTHER_QUOTES =
      Set.of(
          "no_backslash_escapes",
          "ansi",
          "oracle",
          "mssql",
          "db2",
          "maxdb",
          "postgresql",
          "big5",
          "gbk",
          "gb2312",
          "gb18030",
          "sjis",
          "cp932",
          "ujis",
          "euckr",
          "eucjpms");

  /** Of the engines that keep a table's rows in the schema itself. */
  private static final Set<String> ENGINES =
      Set.of(
          "innodb",
          "myisam",
          "aria",
          "memory",
          "heap",
          "archive",
          "csv",
          "rocksdb",
          "tokudb",
          "xtradb",
          "columnstore",
          "ndb",
          "ndbcluster");

  private static final Set<String> ALTERATIONS =
      Set.of("add", "modify", "disable", "enable", "auto_increment");

  /** Words of CREATE TABLE that fill the table from elsewhere, or are no part of it. */
  private static final Set<String> FOREIGN =
      Set.of(
          "select",
          "server",
          "rename",
          "exchange",
          "import",
          "discard",
          "execute",
          "into",
          "outfile",
          "dumpfile");

  /** Its options by which rows lie outside of the schema. */
  private static final Set<String> ELSEWHERE =
      Set.of("directory", "connection", "tablespace", "union", "wrapper");

  private static final Set<String> CODE = Set.of("procedure", "function", "trigger", "event");
  private static final Set<String> SYSTEM =
      Set.of("mysql", "information_schema", "performance_schema", "sys");

  private final Set<String> otherSchemas;

  /**
   * @param otherSchemas names of the schemas on the server that the account may see, in lower case
   */
  StatementGate(Set<String> otherSchemas) {
    this.otherSchemas = otherSchemas;
  }

  /** How the statement is run; throws {@link RefusedStatementException} when it is not. */
  DumpStatement check(String sql) {
    StatementCursor at = new StatementCursor(sql);
    if (at.skip("create")) {
      return create(at);
    }
    if (at.skip("drop")) {
      return drop(at);
    }
    if (at.skip("alter")) {
      return alter(at);
    }
    if (at.skip("set")) {
      return set(at);
    }
    throw at.refused();
  }

  private DumpStatement create(StatementCursor at) {
    if (at.skip("or")) {
      at.require("replace");
    }
    int definerFrom = -1;
    int definerTo = -1;
    while (true) {
      if (at.skip("algorithm")) {
        at.requireSign('=');
        at.name();
      } else if (at.is("definer")) {
        definerFrom = at.from();
        definer(at);
        definerTo = at.from();
      } else if (at.skip("sql")) {
        at.require("security");
        at.name();
      } else if (!at.skip("aggregate")) {
        break;
      }
    }
    String sql = at.sql;
    if (definerFrom >= 0) {
      sql = sql.substring(0, definerFrom) + sql.substring(definerTo);
    }
    String kind = at.name().lowerCase();
    if (at.skip("if")) {
      at.require("not");
      at.require("exists");
    }
    if (kind.equals("sequence") || kind.equals("package")) {
      throw at.unsupported("a " + kind);
    }
    boolean code = CODE.contains(kind);
    if (!code && !kind.equals("table") && !kind.equals("view")) {
      throw at.refused();
    }
    String name = at.ownName();
    switch (kind) {
      case "table" -> table(at);
      case "view" -> view(at);
      case "trigger" -> trigger(at);
      case "function" -> at.refuseWord(Set.of("soname"));
      default -> {}
    }
    if (kind.equals("event")) {
      schedule(at);
      sql = disabled(sql);
    }
    Action action =
        code ? Action.CREATE_CODE : kind.equals("table") ? Action.CREATE_TABLE : Action.CREATE_VIEW;
    return new DumpStatement(action, sql, name);
  }

  /** Left out of what is sent: then it is our account. */
  private static void definer(StatementCursor at) {
    at.next();
    at.requireSign('=');
    at.next(); // a user, quoted or not, or CURRENT_USER
    if (at.skipSign('(')) {
      at.requireSign(')');
    }
    if (at.skipSign('@')) {
      at.next();
    }
  }

  private static void table(StatementCursor at) {
    at.skipSign('(');
    if (at.is("like")) {
      throw at.refused();
    }
    at.refuseWord(FOREIGN);
    at.refuseFunctions();
    List<SqlToken> tokens = at.tokens;
    for (int i = 0; i < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      if (token.kind() == SqlToken.Kind.WORD && ELSEWHERE.contains(token.lowerCase())) {
        throw at.unsupported("a table whose rows lie elsewhere");
      }
      if (token.isSign('.')) {
        throw at.unsupported("a name of another schema");
      }
      if (token.isSign(';') || token.isSign('\\') || token.isSign('@')) {
        throw at.refused();
      }
      if (token.is("engine")
          || token.is("type") && i + 1 < tokens.size() && tokens.get(i + 1).isSign('=')) {
        int value = i + 1 < tokens.size() && tokens.get(i + 1).isSign('=') ? i + 2 : i + 1;
        String engine =
            value < tokens.size() ? tokens.get(value).lowerCase().replaceAll("['\"]", "") : "";
        if (!ENGINES.contains(engine)) {
          throw at.unsupported("a table of the engine " + engine.toUpperCase(Locale.ROOT));
        }
      }
    }
  }

  private void view(StatementCursor at) {
    at.refuseWord(Set.of("outfile", "dumpfile", "into", "procedure"));
    at.refuseFunctions();
    List<SqlToken> tokens = at.tokens;
    for (int i = 1; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).isSign(';') || tokens.get(i).isSign('\\')) {
        throw at.refused();
      }
      if (!tokens.get(i).isSign('.')) {
        continue;
      }
      boolean three = i + 2 < tokens.size() && tokens.get(i + 2).isSign('.');
      String first = tokens.get(i - 1).lowerCase();
      if (three || SYSTEM.contains(first) || otherSchemas.contains(first)) {
        throw at.unsupported("a view of another schema");
      }
    }
  }

  private static void trigger(StatementCursor at) {
    while (!at.atEnd() && !at.skip("on")) {
      at.next();
    }
    at.ownName();
  }

  /** Words and values only, as the server writes it: nothing that is put in means another thing. */
  private static void schedule(StatementCursor at) {
    while (!at.skip("do")) {
      SqlToken token = at.next();
      if (token.kind() == SqlToken.Kind.SIGN || token.kind() == SqlToken.Kind.QUOTED_NAME) {
        throw at.refused();
      }
    }
  }

  /** Of a CREATE EVENT: the server's scheduler must not run it. */
  private static String disabled(String sql) {
    List<SqlToken> tokens = SqlToken.of(sql);
    StringBuilder sent = new StringBuilder();
    boolean head = true;
    int copied = 0;
    for (int i = 0; i < tokens.size() && head; i++) {
      SqlToken token = tokens.get(i);
      if (token.is("enable") || token.is("disable")) {
        boolean replica = i + 2 < tokens.size() && tokens.get(i + 1).is("on");
        sent.append(sql, copied, token.from());
        copied = replica ? tokens.get(i + 2).to() : token.to();
      } else if (token.is("comment") || token.is("do")) {
        sent.append(sql, copied, token.from()).append("DISABLE ");
        copied = token.from();
        head = false;
      }
    }
    return sent.append(sql.substring(copied)).toString();
  }

  private DumpStatement drop(StatementCursor at) {
    String kind = at.name().lowerCase();
    if (!CODE.contains(kind) && !kind.equals("table") && !kind.equals("view")) {
      throw at.refused();
    }
    at.require("if");
    at.require("exists");
    String name = at.ownName();
    if (!at.atEnd()) {
      throw at.refused();
    }
    return new DumpStatement(kind.equals("table") ? Action.DROP_TABLE : Action.OTHER, at.sql, name);
  }

  private DumpStatement alter(StatementCursor at) {
    at.require("table");
    String name = at.ownName();
    if (at.atEnd() || !ALTERATIONS.contains(at.next().lowerCase())) {
      throw at.refused();
    }
    table(at);
    return new DumpStatement(Action.OTHER, at.sql, name);
  }

  /** The session has our settings, whatever the dump would set. */
  private static DumpStatement set(StatementCursor at) {
    do {
      boolean variable = at.skipSign('@');
      if (variable && !at.skipSign('@')) {
        at.name(); // a variable of the session's user
      } else {
        if (at.skip("session") || at.skip("local")) {
          at.skipSign('.');
        }
        if (!SETTINGS.contains(at.name().lowerCase())) {
          throw at.refused();
        }
      }
      at.skipSign(':');
      while (!at.atEnd() && !at.isSign(',')) {
        if (at.isSign('(')) {
          throw at.refused();
        }
        String value = at.next().lowerCase();
        if (OTHER_QUOTES.stream().anyMatch(value::contains)) {
          throw at.unsupported("values that are quoted in a way of their own");
        }
      }
    } while (at.skipSign(','));
    return new DumpStatement(Action.IGNORED, at.sql, null);
  }
}
