package io.github.camelakeeba.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.SiteQuery;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.exchange.HostReplyAggregationStrategy;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/** The bean {@code backup-site-queries}: what other routes ask a site, the answer as JSON. */
public final class SiteQueryReader {
  private static final int MAX_BODY_LENGTH = 1024 * 1024;
  private static final int MAX_LIMIT = 200; // records of a page
  private static final ObjectMapper JSON = new EventJson().mapper();

  private final Map<String, Site> sites;

  public SiteQueryReader(Map<String, Site> sites) {
    this.sites = sites;
  }

  /**
   * The query: the body is the outcome of a backup, or JSON as {@code {"site": "shop", "record":
   * 12}}. What it leaves out are properties of the Kamelet, or the variables {@code backup-site},
   * {@code backup-record}, {@code backup-from} and {@code backup-limit}. Throws {@link
   * RunRefusedException} with a sentence.
   */
  public SiteQuery read(Exchange exchange) {
    JsonNode data = data(exchange);
    String site = data.path("site").asText(option(exchange, "site", ""));
    if (!sites.containsKey(site)) {
      throw new RunRefusedException(
          Reason.UNKNOWN_SITE, "there is no site of this name in sites.yaml");
    }
    boolean info = "backup-info".equals(option(exchange, "query", ""));
    String record = data.path("recordId").asText(data.path("record").asText(""));
    return new SiteQuery(
        site,
        number("record", record.isEmpty() ? option(exchange, "record", "0") : record, info ? 1 : 0),
        0,
        (int) number("from", data.path("from").asText(option(exchange, "from", "0")), 0),
        (int)
            Math.min(
                MAX_LIMIT,
                number("limit", data.path("limit").asText(option(exchange, "limit", "50")), 1)));
  }

  /** What a host's body says: the outcome of a backup, JSON, or nothing. */
  public static JsonNode data(Exchange exchange) {
    byte[] body = exchange.getMessage().getBody(byte[].class);
    if (body == null || body.length == 0) {
      return JSON.createObjectNode();
    }
    try {
      JsonNode read = body.length > MAX_BODY_LENGTH ? null : JSON.readTree(body);
      if (read != null && read.isObject()) {
        return read.has("specversion") ? read.path("data") : read;
      }
    } catch (IOException e) {
      // reported below, without the text
    }
    throw new RunRefusedException(
        Reason.BAD_REQUEST,
        "the body must be empty, the outcome of a backup, or JSON as {\"site\": \"shop\", \"record\": 12}");
  }

  static String option(Exchange exchange, String name, String otherwise) {
    String text = HostReplyAggregationStrategy.option(exchange, name);
    return text == null ? otherwise : text;
  }

  private static long number(String name, String text, int min) {
    if (!text.matches("\\d{1,9}") || Long.parseLong(text) < min) {
      throw new RunRefusedException(
          Reason.BAD_REQUEST, "'%s' must be a whole number from %s".formatted(name, min));
    }
    return Long.parseLong(text);
  }

  /** The answer as JSON, and its media type; {@code not-found}: the site has no such record. */
  public String toJson(
      @Variable("backup-site-query") SiteQuery query,
      @Variable("backup-kamelet-query") String kind,
      @Body Object answer,
      @Headers Map<String, Object> headers) {
    headers.put("Content-Type", "application/json");
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("site", query.siteName());
    if (answer instanceof BackupInfo info) {
      members.put("backup", info.orMissing().members());
    } else {
      members.put(
          "profiles".equals(kind) ? "profiles" : "backups",
          ((List<?>) answer)
              .stream()
                  .map(each -> each instanceof BackupRecord one ? one.listedMembers() : each)
                  .toList());
    }
    return JSON.valueToTree(members).toString();
  }
}
