package io.github.camelakeeba.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.archive.DownloadProgress;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;

/** Reads which archive another integration requests, and returns where that is. */
public final class DownloadRequestReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Site> sites;
  private final Path home;

  /** An archive goes below the home directory unless the integration says otherwise. */
  public DownloadRequestReader(Map<String, Site> sites, Path home) {
    this.sites = sites;
    this.home = home;
  }

  /**
   * The body is the outcome of a backup, or {@code {"site": "shop", "record": 12}}; what it leaves
   * out is in the variables {@code backup-site} and {@code backup-record}. The folder is never the
   * body's affair: it is in {@code backup-to}. Throws {@link RunRefusedException} with a sentence.
   */
  public DownloadRequest read(Exchange exchange) {
    JsonNode data = SiteQueryReader.data(exchange);
    String name = data.path("site").asText(SiteQueryReader.option(exchange, "site", ""));
    Site site = sites.get(name);
    if (site == null) {
      throw new RunRefusedException(
          Reason.UNKNOWN_SITE, "there is no site of this name in sites.yaml");
    }
    String record =
        data.path("recordId")
            .asText(data.path("record").asText(SiteQueryReader.option(exchange, "record", "")));
    if (!record.matches("[1-9]\\d{0,17}")) {
      throw new RunRefusedException(
          Reason.BAD_REQUEST, "'record' must be the number of a backup on the site, from 1");
    }
    String backupid = data.path("backupid").asText("");
    return new DownloadRequest(
        site,
        Long.parseLong(record),
        backupid.isEmpty() ? null : backupid,
        folder(site, SiteQueryReader.option(exchange, "to", "")),
        DumpExpectation.NONE,
        new DownloadProgress());
  }

  private Path folder(Site site, String to) {
    if (!to.isEmpty()) {
      return home.resolve(to.replace("{site}", site.name())).normalize();
    }
    return site.download() != null && site.download().folder() != null
        ? site.download().folder()
        : home.resolve("archives").resolve(site.name());
  }

  /** The archive that is here, as JSON, and its media type. */
  public String toJson(@Body DownloadedArchive archive, @Headers Map<String, Object> headers) {
    headers.put("Content-Type", "application/json");
    ObjectNode answer = JSON.createObjectNode();
    answer.put("site", archive.site());
    answer.put("record", archive.recordId());
    answer.put("backupid", archive.backupid());
    answer.put("folder", archive.folder().toString());
    answer.put("size", archive.size());
    answer.put("readable", archive.readable());
    answer.put("unread", archive.unread());
    archive.warnings().forEach(answer.putArray("warnings")::add);
    ArrayNode files = answer.putArray("files");
    for (DownloadedArchive.File file : archive.files()) {
      files
          .addObject()
          .put("path", archive.folder().resolve(file.name()).toString())
          .put("size", file.size())
          .put("sha256", file.sha256());
    }
    return answer.toString();
  }
}
