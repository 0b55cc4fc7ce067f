package io.github.camelakeeba.keep;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelakeeba.archive.ChecksumFile;
import io.github.camelakeeba.archive.dump.DumpTable;
import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.census.CensusStore;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import io.github.camelakeeba.store.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The archives in the catalog, for those who list and fetch them; changes nothing. */
public final class DownloadedArchives {
  private final Map<String, Site> sites;
  private final ArchiveCatalog catalog;
  private final CensusStore censuses;

  public DownloadedArchives(Map<String, Site> sites, Database database) {
    this.sites = sites;
    this.catalog = new ArchiveCatalog(database);
    this.censuses = new CensusStore(database);
  }

  /**
   * An archive. Instants are ISO 8601 in UTC.
   *
   * @param startedAt when its backup began
   * @param location the folder, or the endpoint without its secrets
   * @param local whether it is in a folder here, where it can be fetched
   * @param verified whether it was read from its first byte to its last, and found whole since
   * @param verifiedAt when it was last read so
   * @param damage what is wrong with it since; null: nothing is known to be
   * @param size bytes of all files
   * @param content what it holds; null: it was not counted
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record ArchiveView(
      String id,
      String site,
      String run,
      String backupid,
      long recordId,
      int profile,
      Instant startedAt,
      Instant downloadedAt,
      String location,
      boolean local,
      boolean verified,
      Instant verifiedAt,
      String damage,
      long size,
      Event.Content content,
      List<FileView> files) {

    /** The same as the catalog has it. */
    public StoredArchive stored() {
      return new StoredArchive(
          site,
          backupid,
          recordId,
          profile,
          startedAt,
          location,
          local,
          files.stream().map(FileView::name).toList(),
          size,
          verified,
          content,
          files.stream().allMatch(file -> file.sha256() != null)
              ? files.stream().map(FileView::sha256).toList()
              : List.of());
    }
  }

  /**
   * A file of an archive.
   *
   * @param size bytes; null: it is not there any more, or not here
   * @param sha256 hexadecimal; null: not known here
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record FileView(String name, Long size, String sha256) {}

  /**
   * What was counted in an archive when it was downloaded.
   *
   * @param content the sums; null: it was not counted
   * @param tables of its dump; empty also where they are not known
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record CountedView(
      String id, String site, String backupid, Event.Content content, List<TableView> tables) {
    static CountedView of(StoredArchive archive, Census census) {
      return new CountedView(
          idOf(archive),
          archive.site(),
          archive.backupid(),
          archive.content(),
          census == null ? List.of() : census.tables().stream().map(TableView::of).toList());
    }

    /** The same as the archive is compared with; empty: it was not counted. */
    public Optional<Census> census() {
      return content == null
          ? Optional.empty()
          : Optional.of(
              new Census(
                  content.files(),
                  content.bytes(),
                  true,
                  tables.stream()
                      .map(
                          one -> new DumpTable(one.database(), one.table(), one.rows(), null, null))
                      .toList()));
    }
  }

  /** A table of a dump; the site's own database is called {@code site}. */
  public record TableView(String database, String table, long rows) {
    static TableView of(DumpTable table) {
      return new TableView(table.database(), table.name(), table.rows());
    }
  }

  /** A file that is there. */
  public record ArchiveFile(Path path, String sha256) {}

  /** There is nothing to fetch. */
  public static final class NoArchiveException extends RuntimeException {
    private final transient Kind kind;

    NoArchiveException(Kind kind, String message) {
      super(message);
      this.kind = kind;
    }

    public Kind kind() {
      return kind;
    }
  }

  /** Of these sites the newest, at most so many. */
  public List<ArchiveView> newest(List<String> names, int limit) {
    Map<Path, Map<String, ChecksumFile.Entry>> checksums = new HashMap<>();
    return catalog.newest(names, limit).stream().map(entry -> view(entry, checksums)).toList();
  }

  private static ArchiveView view(
      ArchiveCatalog.Entry entry, Map<Path, Map<String, ChecksumFile.Entry>> checksums) {
    StoredArchive archive = entry.archive();
    return new ArchiveView(
        idOf(archive),
        archive.site(),
        entry.run(),
        archive.backupid(),
        archive.recordId(),
        archive.profile(),
        archive.startedAt(),
        entry.downloadedAt(),
        archive.location(),
        archive.local(),
        archive.verified(),
        entry.verifiedAt(),
        entry.damage(),
        archive.size(),
        archive.content(),
        archive.files().stream()
            .map(
                name ->
                    archive.local()
                        ? file(archive, name, checksums)
                        : new FileView(name, null, archive.checksum(name)))
            .toList());
  }

  private static FileView file(
      StoredArchive archive, String name, Map<Path, Map<String, ChecksumFile.Entry>> checksums) {
    Path folder = Path.of(archive.location());
    ChecksumFile.Entry sum =
        checksums.computeIfAbsent(folder, one -> new ChecksumFile(one).entries()).get(name);
    String known = archive.checksum(name);
    return new FileView(
        name, size(folder, name), known != null ? known : sum == null ? null : sum.checksum());
  }

  private static Long size(Path folder, String name) {
    try {
      Path path = inside(folder, name);
      return path != null && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          ? Files.size(path)
          : null;
    } catch (IOException | InvalidPathException e) {
      return null;
    }
  }

  /** A file right in the folder; null: the name leads elsewhere. */
  private static Path inside(Path folder, String name) {
    Path path = folder.resolve(name);
    return folder.equals(path.getParent()) && path.equals(path.normalize()) ? path : null;
  }

  /** The archive's id for callers. */
  public static String idOf(StoredArchive archive) {
    String key = archive.site() + "/" + archive.backupid();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What was counted in an archive of a site that is visible. Throws {@link NoArchiveException}.
   */
  public CountedView counted(String id, Predicate<Site> visible) {
    StoredArchive archive = archive(id, visible);
    return CountedView.of(archive, counted(archive).orElse(null));
  }

  /** What was counted in this one; empty: it was not. */
  public Optional<Census> counted(StoredArchive archive) {
    return censuses
        .findNow(archive.site(), archive.backupid())
        .map(CensusStore.StoredCensus::census);
  }

  /**
   * The file of this name of an archive of a site that is visible: one that the catalog names, in
   * the folder that the site's archives go to, and no link. Throws {@link NoArchiveException}.
   */
  public ArchiveFile find(String id, String name, Predicate<Site> visible) {
    StoredArchive archive = archive(id, visible);
    if (!archive.files().contains(name)) {
      throw new NoArchiveException(Kind.UNKNOWN_ARCHIVE, "the archive has no such file");
    }
    Site site = sites.get(archive.site());
    Path folder = site.download() == null ? null : site.download().folder();
    if (!archive.local() || folder == null || !archive.location().equals(folder.toString())) {
      throw new NoArchiveException(
          Kind.UNKNOWN_ARCHIVE,
          "the archive is at %s, which is not the download folder of %s"
              .formatted(archive.location(), site.name()));
    }
    Path path = inside(folder, name);
    if (path == null) {
      throw new NoArchiveException(Kind.UNKNOWN_ARCHIVE, "the archive has no such file");
    }
    if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new NoArchiveException(Kind.GONE, "the file %s is not there any more".formatted(name));
    }
    ChecksumFile.Entry sum = new ChecksumFile(folder).entries().get(name);
    return new ArchiveFile(path, sum == null ? null : sum.checksum());
  }

  private StoredArchive archive(String id, Predicate<Site> visible) {
    String[] key = key(id).split("/", 2);
    Site site = sites.get(key[0]);
    if (key.length < 2 || site == null || !visible.test(site)) {
      throw unknown();
    }
    return catalog.findNow(site.name(), key[1]).orElseThrow(DownloadedArchives::unknown);
  }

  private static String key(String id) {
    try {
      return new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
  }

  private static NoArchiveException unknown() {
    return new NoArchiveException(Kind.UNKNOWN_ARCHIVE, "there is no such archive");
  }
}
