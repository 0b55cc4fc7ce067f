package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.outbox.UndeliveredMessages;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.service.MonitoringModule;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.watch.StatusView;
import java.util.List;

/** Looks into the store itself. */
final class LocalBackend implements Backend {
  private final Service service;

  LocalBackend(Service service) {
    this.service = service;
  }

  private MonitoringModule overview() {
    return service.beans().overview();
  }

  @Override
  public StatusView status() {
    return overview().status().view();
  }

  @Override
  public UndeliveredMessages messages(String channel, boolean parked, int limit) {
    return overview().outboxAdmin().messages(channel, parked, limit);
  }

  @Override
  public int retry(String channel, List<Long> ids) {
    return overview().outboxAdmin().retry(channel, ids);
  }

  @Override
  public RunView stop(String run) {
    service.beans().stopService().stop(run);
    return service.beans().runs().view(run).orElseThrow();
  }

  @Override
  public void close() throws Exception {
    service.close();
  }
}
