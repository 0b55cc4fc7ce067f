package io.github.camelakeeba.rest.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.proof.Proof;
import io.github.camelakeeba.proof.ProofRequests;
import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.rest.QueryParameters;
import io.github.camelakeeba.rest.RestResponse;
import io.github.camelakeeba.rest.SitesResource;
import io.github.camelakeeba.run.Utf8RequestBody;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The restore tests of a site, and what they proved. */
public final class ProofResource {
  private static final int LISTED = 20;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final Map<String, Site> sites;
  private final ProofRequests proofs;

  public ProofResource(Map<String, Site> sites, ProofRequests proofs) {
    this.sites = sites;
    this.proofs = proofs;
  }

  /** The newest first; by default 20. The header {@code Link} names the next page. */
  public RestResponse list(Exchange call, String name) {
    checkVisible(call, name);
    String after = QueryParameters.singleValue("after", call.getMessage().getHeader("after"));
    int limit = QueryParameters.limit(call.getMessage().getHeader("limit"), LISTED);
    List<Proof> found = proofs.newest(name, after, limit + 1);
    if (found.size() <= limit) {
      return RestResponse.json(200, found);
    }
    List<Proof> page = found.subList(0, limit);
    String next = URLEncoder.encode(page.get(limit - 1).id(), StandardCharsets.UTF_8);
    return RestResponse.json(200, page)
        .with(
            Map.of(
                "Link",
                "</api/sites/%s/proofs?limit=%s&after=%s>; rel=\"next\""
                    .formatted(name, limit, next)));
  }

  /** Asks for one; it is begun soon, and its answer is the test as it is now. */
  public RestResponse ask(Exchange call, String name, String by) {
    checkVisible(call, name);
    String id = archive(Utf8RequestBody.decode(call.getMessage().getBody(byte[].class)).strip());
    return RestResponse.json(
        202, proofs.ask(name, id, by.startsWith("cli:") ? "command" : "api", by));
  }

  private void checkVisible(Exchange call, String name) {
    Site site = sites.get(name);
    if (site == null || !Caller.of(call).sees(site.tags())) {
      throw SitesResource.unknown();
    }
  }

  /** The id of the archive that the body names; null: the newest. */
  private static String archive(String body) {
    try {
      JsonNode request = body.isEmpty() ? JSON.createObjectNode() : JSON.readTree(body);
      JsonNode id = request.path("id");
      boolean known = request.isObject() && request.size() == (id.isMissingNode() ? 0 : 1);
      if (known && (id.isMissingNode() || id.isNull() || id.isTextual() || id.isIntegralNumber())) {
        return id.isMissingNode() || id.isNull() ? null : id.asText();
      }
    } catch (JsonProcessingException e) {
      // refused below
    }
    throw QueryParameters.invalid(
        "the body is an object such as {\"id\":42}, the number of a backup or its backupid, or empty: the newest archive");
  }
}
