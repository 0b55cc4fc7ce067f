package io.github.camelakeeba.run.store;

import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.store.Database;
import java.util.UUID;

/** The id of this installation: all nodes at one store. */
public final class InstallationIdentity {
  private final Database database;

  public InstallationIdentity(Database database) {
    this.database = database;
  }

  /** The source of its messages, unless {@code backup.source} sets it. */
  public EventSource source() {
    create();
    String id =
        database.sql("select id from installation where one = 1").query(String.class).single();
    return EventSource.of("urn:camel-akeeba-backup:" + id);
  }

  private void create() {
    database
        .sql("insert into installation (one, id) values (1, ?) on conflict do nothing")
        .param(UUID.randomUUID().toString())
        .update();
  }

  /** What its store holds is made up from now on. */
  public void markDemo() {
    create();
    database.sql("update installation set demo = true").update();
  }

  /** Whether what its store holds is made up, for the demo. */
  public boolean isDemo() {
    return database.count("installation where demo") > 0;
  }
}
