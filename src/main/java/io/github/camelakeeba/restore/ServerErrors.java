package io.github.camelakeeba.restore;

import java.sql.SQLException;
import java.util.Set;

/** Whose fault it is that the server refuses something. */
final class ServerErrors {
  /** Tables that differ in capitals only, or a file system that does not tell them apart. */
  static final int TABLE_EXISTS = 1050;

  static final int SYNTAX = 1064;

  /** Of a CHECK, which MySQL may have with NOT ENFORCED. */
  static final int CONSTRAINT_FAILED = 4025;

  /** What says something of the server, the account or the disk, and nothing of the dump. */
  private static final Set<Integer> OF_THE_SERVER =
      Set.of(
          3, // error writing a file
          28, // no space left
          1021, // disk full
          1030, // error of the storage engine
          1037, // out of memory
          1038, // out of sort memory
          1040, // too many connections
          1041, // out of memory
          1044, // access to the schema denied
          1045, // access denied
          1053, // server is shutting down
          1071, // key too long for this server's settings
          1114, // table full
          1115, // unknown character set
          1118, // row too large for this server's settings
          1128, // parser of an index, or function, that is not installed
          1129, // host is blocked
          1130, // host is not allowed
          1135, // no new thread
          1142, // command denied on the table
          1143, // command denied on the column
          1153, // packet too large
          1192, // locked
          1193, // unknown system variable
          1203, // too many connections of the user
          1205, // lock wait
          1213, // deadlock
          1226, // limit of the account
          1227, // privilege missing
          1235, // not supported by this version
          1273, // unknown collation
          1286, // unknown engine
          1289, // feature disabled
          1290, // option of the server, such as read-only
          1298, // unknown time zone
          1305, // unknown function: those of the dump are made last, and some are of its server
          1317, // interrupted
          1370, // routine denied
          1410, // may not create users
          1418, // routines need a privilege where a binary log is written
          1419, // the same of triggers
          1436, // thread stack
          1577, // no events, since their scheduler is disabled
          1698, // access denied
          1792, // read-only transaction
          1836, // read-only server
          1927, // connection was killed
          1901, // an expression of another kind of server
          1969); // time limit of a statement

  private ServerErrors() {}

  /** Whether it says nothing of the dump. */
  static boolean ofTheServer(SQLException e) {
    String state = e.getSQLState();
    return OF_THE_SERVER.contains(e.getErrorCode())
        || e.getErrorCode() <= 0
        || state != null && (state.startsWith("08") || state.startsWith("HY008"));
  }
}
