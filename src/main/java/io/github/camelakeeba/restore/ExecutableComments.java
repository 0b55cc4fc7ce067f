package io.github.camelakeeba.restore;

/**
 * Comments whose text is code for the servers that they name: {@code /*!50100 … *}{@code /} for all
 * from 5.1, {@code /*M!100201 … *}{@code /} for MariaDB. SHOW CREATE TABLE writes them around
 * partitions and around options of single versions.
 */
final class ExecutableComments {
  private static final int FIRST_OF_MYSQL = 50700; // from here on MariaDB leaves them to MySQL
  private static final int LAST_OF_MYSQL = 99999;
  private static final int MAX_DIGITS = 6;
  private static final int MIN_DIGITS = 5;

  private final int serverVersion;

  ExecutableComments(int serverVersion) {
    this.serverVersion = serverVersion;
  }

  /** Bytes before its code, where one begins; 0: it is another comment. */
  int headLength(byte[] from, int at, int end) {
    int i = at + 2;
    if (i < end && from[i] == 'M') {
      i++;
    }
    if (i >= end || from[i] != '!') {
      return 0;
    }
    i++;
    int digits = i;
    while (i < end && i - digits < MAX_DIGITS && from[i] >= '0' && from[i] <= '9') {
      i++;
    }
    return (i - digits < MIN_DIGITS ? digits : i) - at;
  }

  /** Whether the server takes the code for code. */
  boolean counts(byte[] from, int at, int headLength) {
    boolean mariaDb = from[at + 2] == 'M';
    int version = 0;
    for (int i = at + (mariaDb ? 4 : 3); i < at + headLength; i++) {
      version = 10 * version + from[i] - '0';
    }
    boolean leftToMySql = !mariaDb && version >= FIRST_OF_MYSQL && version <= LAST_OF_MYSQL;
    return !leftToMySql && version <= serverVersion;
  }
}
