package io.github.camelakeeba.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.archive.ArchiveDownload;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.extract.ArchiveExtractor;
import io.github.camelakeeba.extract.ByteSize;
import io.github.camelakeeba.extract.ExtractProgress;
import io.github.camelakeeba.extract.ExtractRequest;
import io.github.camelakeeba.extract.ExtractResult;
import io.github.camelakeeba.extract.PathFilter;
import io.github.camelakeeba.keep.ArchiveQuery;
import io.github.camelakeeba.keep.LocatedArchive;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/** The bean {@code backup-extract-requests}: what other routes extract, and what came of it. */
public final class ExtractRequests {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Site> sites;
  private final Path home;

  public ExtractRequests(Map<String, Site> sites, Path home) {
    this.sites = sites;
    this.home = home;
  }

  /**
   * Which archive, and where it goes.
   *
   * @param to may hold {@code {site}} and {@code {backupid}}
   * @param maxSize bytes, or null
   */
  public record Order(
      ArchiveQuery archive, String to, PathFilter only, Long maxSize, boolean overwrite) {}

  /** What was extracted, and from where. */
  public record Extracted(LocatedArchive archive, ExtractResult result) {}

  /**
   * The body is the outcome of a backup, or JSON as {@code {"site": "shop", "record": 12}}; what it
   * leaves out is in the variables {@code backup-site} and {@code backup-record}, else it is the
   * newest archive. The folder and all that decides what is written is never the body's affair:
   * {@code backup-to}, {@code backup-only}, {@code backup-except}, {@code backup-max-size}, {@code
   * backup-overwrite}. Throws {@link RunRefusedException} with a sentence.
   */
  public Order read(Exchange exchange) {
    JsonNode data = SiteQueryReader.data(exchange);
    Site site = sites.get(data.path("site").asText(SiteQueryReader.option(exchange, "site", "")));
    if (site == null) {
      throw new RunRefusedException(
          Reason.UNKNOWN_SITE, "there is no site of this name in sites.yaml");
    }
    String id =
        Stream.of(
                data.path("backupid").asText(""),
                data.path("recordId").asText(""),
                data.path("record").asText(""),
                SiteQueryReader.option(exchange, "record", ArchiveQuery.LATEST))
            .filter(text -> !text.isEmpty() && !text.equals("null"))
            .findFirst()
            .orElseThrow();
    if (!ArchiveQuery.isId(id)) {
      throw bad("'record' must be the number of a backup on the site, its backupid, or 'latest'");
    }
    String to = SiteQueryReader.option(exchange, "to", "");
    if (to.isEmpty()) {
      throw bad("'to' must name the folder that the archive is extracted to");
    }
    String maxSize = SiteQueryReader.option(exchange, "max-size", "");
    try {
      return new Order(
          ArchiveQuery.of(site, id),
          to,
          PathFilter.of(patterns(exchange, "only"), patterns(exchange, "except")),
          maxSize.isEmpty() ? null : ByteSize.parse(maxSize),
          "true".equals(SiteQueryReader.option(exchange, "overwrite", "")));
    } catch (IllegalArgumentException e) {
      throw bad(e.getMessage());
    }
  }

  private static List<String> patterns(Exchange exchange, String name) {
    String pattern = SiteQueryReader.option(exchange, name, "");
    return pattern.isEmpty() ? List.of() : List.of(pattern);
  }

  private static RunRefusedException bad(String why) {
    return new RunRefusedException(Reason.BAD_REQUEST, why);
  }

  /** Extracts it; throws {@link AkeebaException} when not all of it could be. */
  public Extracted extract(
      @Variable("backup-extract-order") Order order, @Body LocatedArchive archive) {
    String folder =
        order
            .to()
            .replace("{site}", archive.site())
            .replace(
                "{backupid}",
                // the site's own word, which may lead anywhere
                ArchiveDownload.backupKey(archive.backupid(), archive.recordId()));
    ExtractRequest request =
        new ExtractRequest(
            archive.source(),
            passwords(order.archive().site()),
            home.resolve(folder).normalize(),
            order.only(),
            order.maxSize(),
            order.overwrite(),
            new ExtractProgress());
    return new Extracted(archive, new ArchiveExtractor().extract(request).orThrow());
  }

  /** The site's own first. */
  private List<Secret> passwords(Site site) {
    return Stream.concat(Stream.of(site), sites.values().stream())
        .map(one -> one.proof().archivePassword())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /** As JSON, and its media type. */
  public String toJson(@Body Extracted extracted, @Headers Map<String, Object> headers) {
    headers.put("Content-Type", "application/json");
    LocatedArchive archive = extracted.archive();
    ExtractResult result = extracted.result();
    ObjectNode answer = JSON.createObjectNode();
    answer.put("site", archive.site());
    answer.put("record", archive.recordId());
    answer.put("backupid", archive.backupid());
    answer.put("from", archive.location());
    answer.put("folder", result.folder().toString());
    answer.put("written", result.written());
    answer.put("kept", result.kept());
    answer.put("folders", result.folders());
    answer.put("links", result.links());
    answer.put("size", result.bytes());
    result.warnings().texts().forEach(answer.putArray("warnings")::add);
    result.notes().texts().forEach(answer.putArray("notes")::add);
    return answer.toString();
  }
}
