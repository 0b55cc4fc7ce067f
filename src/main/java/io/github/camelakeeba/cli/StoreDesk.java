package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Undelivered;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.StatusView;
import java.util.List;

/** Looks into the store itself. */
final class StoreDesk implements Desk {
  private final Service service;

  StoreDesk(Service service) {
    this.service = service;
  }

  private Overview overview() {
    return service.beans().overview();
  }

  @Override
  public StatusView status() {
    return overview().status().view();
  }

  @Override
  public Undelivered messages(String channel, boolean parked, int limit) {
    return overview().desk().messages(channel, parked, limit);
  }

  @Override
  public int retry(String channel, List<Long> ids) {
    return overview().desk().retry(channel, ids);
  }

  @Override
  public RunView stop(String run) {
    service.beans().stops().stop(run);
    return service.beans().runs().view(run).orElseThrow();
  }

  @Override
  public void close() throws Exception {
    service.close();
  }
}
