package io.github.camelakeeba.rest;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.keep.DownloadedArchives;
import io.github.camelakeeba.keep.DownloadedArchives.ArchiveFile;
import io.github.camelakeeba.keep.DownloadedArchives.NoArchiveException;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.http.common.HttpMessage;

/** The archives that were downloaded. */
public final class ArchiveResource {
  private static final int MAX_DOWNLOADS = 20;
  private static final int LISTED = 100;

  private final Map<String, Site> sites;
  private final DownloadedArchives archives;

  /** Each holds a thread of the web server and an open file. */
  private final ConcurrencyLimit downloads = new ConcurrencyLimit(MAX_DOWNLOADS);

  public ArchiveResource(Map<String, Site> sites, DownloadedArchives archives) {
    this.sites = sites;
    this.archives = archives;
  }

  /** The newest first, of one site or of all; by default 100. */
  public RestResponse list(Exchange call, Object site, Object limit) {
    Caller caller = Caller.of(call);
    String named = QueryParameters.singleValue("site", site);
    List<String> wanted =
        sites.values().stream()
            .filter(one -> named == null || one.name().equals(named))
            .filter(one -> caller.sees(one.tags()))
            .map(Site::name)
            .toList();
    if (named != null && wanted.isEmpty()) {
      throw SitesResource.unknown();
    }
    return RestResponse.json(200, archives.newest(wanted, QueryParameters.limit(limit, LISTED)));
  }

  /** What was counted in an archive when it was downloaded. */
  public RestResponse counted(Exchange call, String id) {
    try {
      return RestResponse.json(
          200, archives.counted(id, site -> Caller.of(call).sees(site.tags())));
    } catch (NoArchiveException e) {
      return BackupResource.problem(e.kind(), e.getMessage());
    }
  }

  /** A file, or the part of it that the header {@code Range} names; read while it is sent. */
  public RestResponse file(Exchange call, String id, String name) {
    try {
      ArchiveFile file = archives.find(id, name, site -> Caller.of(call).sees(site.tags()));
      return open(call, name, file);
    } catch (NoArchiveException e) {
      return BackupResource.problem(e.kind(), e.getMessage());
    } catch (NoSuchFileException e) {
      return BackupResource.problem(Kind.GONE, "the file is not there any more");
    } catch (IOException e) {
      return BackupResource.problem(
          Kind.GONE, "the file can't be read: " + e.getClass().getSimpleName());
    }
  }

  private RestResponse open(Exchange call, String name, ArchiveFile file) throws IOException {
    if (!downloads.tryAcquire(call)) {
      return BackupResource.problem(
          Kind.TOO_MANY_DOWNLOADS,
          "%s files are being fetched already; ask again later".formatted(MAX_DOWNLOADS));
    }
    FileChannel channel =
        FileChannel.open(file.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      long size = channel.size();
      String tag = file.sha256() == null ? null : '"' + file.sha256() + '"';
      ByteRange part = part(call, tag, size);
      if (part != null && part.length() == 0) {
        channel.close();
        return BackupResource.problem(
                Kind.NO_SUCH_PART, "the file has %s bytes, and none of these".formatted(size))
            .with(Map.of("Content-Range", part.of(size)));
      }
      ByteRange sent = part == null ? new ByteRange(0, size) : part;
      setLength(call, sent.length());
      return new RestResponse(
              part == null ? 200 : 206, "application/octet-stream", new ArchivePart(channel, sent))
          .with(headers(name, tag, part, size));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Who has a part of another file gets this one whole. */
  private static ByteRange part(Exchange call, String tag, long size) {
    String known = call.getMessage().getHeader("If-Range", String.class);
    return known != null && !known.equals(tag)
        ? null
        : ByteRange.of(call.getMessage().getHeader("Range", String.class), size);
  }

  private static Map<String, String> headers(String name, String tag, ByteRange part, long size) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept-Ranges", "bytes");
    headers.put("Content-Disposition", attachment(name));
    if (tag != null) {
      headers.put("ETag", tag);
    }
    if (part != null) {
      headers.put("Content-Range", part.of(size));
    }
    return headers;
  }

  /** RFC 6266: a name for old clients, and the true one. */
  private static String attachment(String name) {
    return "attachment; filename=\"%s\"; filename*=UTF-8''%s"
        .formatted(
            name.replaceAll("[^A-Za-z0-9._ -]", "_"),
            URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A"));
  }

  /** Camel lets no Content-Length through; without it nobody sees how far a download is. */
  private static void setLength(Exchange call, long length) {
    if (call.getMessage() instanceof HttpMessage message) {
      message.getResponse().setContentLengthLong(length);
    }
  }
}
