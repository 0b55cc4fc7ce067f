package io.github.camelakeeba.store;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * A connection to an H2 that has closed itself, as it does when the disk is full, must leave the
 * pool: only after the last one H2 opens its file anew. To the pool and to H2 such a connection is
 * valid (measured: 2.5.252).
 */
public final class EvictClosedH2Connections implements SQLExceptionOverride {
  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException thrown) {
    return TransientStoreErrors.isConnectionDead(thrown)
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
