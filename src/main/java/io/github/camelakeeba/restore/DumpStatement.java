package io.github.camelakeeba.restore;

/**
 * A statement of a dump that may be run.
 *
 * @param sql as it is sent
 * @param name of what it creates or drops, else null
 */
record DumpStatement(Action action, String sql, String name) {
  enum Action {
    CREATE_TABLE,
    CREATE_VIEW,
    /** A trigger, routine or event: run when all rows are there, so that none of them ever runs. */
    CREATE_CODE,
    DROP_TABLE,
    OTHER,
    /** Of no use here, such as a setting of the session. */
    IGNORED
  }
}
