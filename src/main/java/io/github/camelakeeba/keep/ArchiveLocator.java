package io.github.camelakeeba.keep;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.MissingRecordException;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.archive.ArchiveDownload;
import io.github.camelakeeba.archive.DownloadProgress;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.Volume;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.DownloadSettings;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.keep.LocatedArchive.Place;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.Database;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Variable;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the archive of a backup can be read: in a folder here, at the endpoint that it was
 * transferred to, or on its site.
 */
public final class ArchiveLocator {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveLocator.class);

  private final CamelContext context;
  private final ArchiveCatalog catalog;
  private final FailureTranslator failures;

  public ArchiveLocator(CamelContext context, Database database, FailureTranslator failures) {
    this.context = context;
    this.catalog = new ArchiveCatalog(database);
    this.failures = failures;
  }

  /**
   * The archive of a backup, wherever it is; the site is asked only when it is not at home. Throws
   * {@link AkeebaException}: {@code not-found} when there is none, and what a call of the site
   * throws.
   *
   * @param id the number of its record on the site, its backupid, or {@link ArchiveQuery#LATEST}
   */
  public LocatedArchive find(Site site, String id) {
    return find(ArchiveQuery.of(site, id));
  }

  /** The same, where it is said to be stored. */
  public LocatedArchive find(ArchiveQuery query) {
    Exchange exchange = new DefaultExchange(context, ExchangePattern.InOut);
    exchange.getMessage().setBody(query);
    ProducerTemplate template = context.createProducerTemplate(0);
    try {
      template.send("direct:backup-locate-archive", exchange);
    } finally {
      template.stop();
    }
    if (exchange.getException() != null) {
      throw failures.translate(exchange.getException());
    }
    return exchange.getMessage().getBody(LocatedArchive.class);
  }

  /** The archive at home; null: it is not there, or can't be read from where it is. */
  public LocatedArchive findAtHome(@Body ArchiveQuery query) {
    Optional<StoredArchive> stored =
        query.stored() != null
            ? Optional.of(query.stored())
            : query.newest(catalog.ofSite(query.site().name()));
    return stored.flatMap(archive -> at(query.site(), archive)).orElse(null);
  }

  /** An archive of the catalog; empty: it is not there any more, or can't be read from there. */
  public Optional<LocatedArchive> at(Site site, StoredArchive archive) {
    if (archive.local()) {
      Path folder = Path.of(archive.location());
      List<Path> files = archive.files().stream().map(folder::resolve).toList();
      if (files.stream().allMatch(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))) {
        return Optional.of(located(archive, Place.FOLDER, files.stream().map(Volume::of).toList()));
      }
      LOG.info(
          "{}: the archive of {} is not in {} any more", site.name(), archive.backupid(), folder);
      return Optional.empty();
    }
    DownloadSettings download = site.download();
    if (download == null
        || download.uri() == null
        || !download.displayLocation().equals(archive.location())
        || !ArchiveDelivery.isReadable(download.uri())) {
      LOG.info(
          "{}: the archive of {} is at {}, which can't be read from here",
          site.name(),
          archive.backupid(),
          archive.location());
      return Optional.empty();
    }
    List<Volume> volumes =
        archive.files().stream()
            .<Volume>map(
                name ->
                    new EndpointVolume(
                        context, name, endpointUri(download, archive, name), archive.location()))
            .toList();
    return Optional.of(located(archive, Place.ENDPOINT, volumes));
  }

  private static Secret endpointUri(DownloadSettings download, StoredArchive archive, String name) {
    return ArchiveDelivery.readingUri(download.uri(), archive.backupid(), name);
  }

  private static LocatedArchive located(StoredArchive archive, Place place, List<Volume> volumes) {
    String name = archive.files().get(archive.files().size() - 1);
    return new LocatedArchive(
        archive.site(),
        archive.backupid(),
        archive.recordId(),
        place,
        archive.location(),
        new SizedSource(name, volumes, archive.size()));
  }

  private record SizedSource(String name, List<Volume> volumes, long size)
      implements ArchiveSource {}

  /** With the number of the record on the site; throws {@code not-found} when there is none. */
  public ArchiveQuery chooseRecord(
      @Variable("backup-archive-query") ArchiveQuery query, @Body List<BackupRecord> records) {
    return records.stream()
        .filter(
            record ->
                query.latest()
                    ? record.complete() && !record.phantom()
                    : record.backupid().equals(query.id()))
        .max(Comparator.comparingLong(BackupRecord::id))
        .map(record -> query.ofRecord(record.id()))
        .orElseThrow(
            () ->
                query.latest()
                    ? new AkeebaException(
                        ErrorKind.NOT_FOUND,
                        "There is no archive of %s here, and no complete backup on the site."
                            .formatted(query.site().name()))
                    : new MissingRecordException(
                        "There is no archive of the backup '%s' of %s here, nor among the newest on the site."
                            .formatted(UntrustedText.asName(query.id()), query.site().name())));
  }

  /** The archive on the site. Throws {@code verification} when it can't be had from there. */
  public LocatedArchive onSite(
      @Variable("backup-archive-query") ArchiveQuery query,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint,
      @Body BackupInfo info) {
    BackupRecord record = info.orMissing();
    ArchiveDownload download =
        ArchiveDownload.of(
            new DownloadRequest(
                query.site(),
                record.id(),
                null,
                null,
                DumpExpectation.NONE,
                new DownloadProgress()),
            record);
    return new LocatedArchive(
        query.site().name(),
        record.backupid(),
        record.id(),
        Place.SITE,
        query.site().host(),
        ArchiveSource.of(
            download.archive(),
            download.files().stream()
                .<Volume>map(file -> new SiteVolume(context, failures, endpoint, file))
                .toList()));
  }
}
