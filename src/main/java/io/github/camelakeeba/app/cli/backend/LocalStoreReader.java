package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.keep.DownloadedArchives;
import io.github.camelakeeba.keep.DownloadedArchives.ArchiveView;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.outbox.UndeliveredMessages;
import io.github.camelakeeba.service.MonitoringModule;
import io.github.camelakeeba.watch.RunStory;
import io.github.camelakeeba.watch.SiteView;
import io.github.camelakeeba.watch.StatusView;
import io.github.camelakeeba.watch.TimelineQueries;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This process, with the store open and without Camel. */
final class LocalStoreReader implements StoreReader {
  private final MonitoringModule monitoring;

  LocalStoreReader(MonitoringModule monitoring) {
    this.monitoring = monitoring;
  }

  @Override
  public StatusView status() {
    return monitoring.status().view();
  }

  @Override
  public Optional<RunStory> run(String id) {
    return new TimelineQueries(monitoring.database()).story(id);
  }

  @Override
  public List<StoredArchive> archives(String site) {
    return new DownloadedArchives(Map.of(), monitoring.database())
        .newest(List.of(site), MAX_ARCHIVES).stream().map(ArchiveView::stored).toList();
  }

  @Override
  public Optional<Census> counted(StoredArchive archive) {
    return new DownloadedArchives(Map.of(), monitoring.database()).counted(archive);
  }

  @Override
  public SiteView pause(String site, String until, String reason) {
    monitoring.pauses().pause(site, until, reason, Backend.COMMAND_USER);
    return monitoring.status().site(site).orElseThrow();
  }

  @Override
  public SiteView resume(String site) {
    monitoring.pauses().resume(site, Backend.COMMAND_USER);
    return monitoring.status().site(site).orElseThrow();
  }

  @Override
  public UndeliveredMessages messages(String channel, boolean parked, int limit) {
    return monitoring.outboxAdmin().messages(channel, parked, limit);
  }

  @Override
  public int retry(String channel, List<Long> ids) {
    return monitoring.outboxAdmin().retry(channel, ids);
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public void close() {
    monitoring.database().close();
  }
}
