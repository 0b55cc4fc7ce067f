package io.github.camelakeeba.app.cli.setup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.app.cli.setup.ImportedSite.Field;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Akeeba Panopticon says of its sites, as JSON: the list of its command line ({@code site:list
 * --format json}) or of its API ({@code GET /api/v1/sites}), which has no secrets, and records of
 * single sites ({@code GET /api/v1/site/:id}), which have them; one or several of them in a file,
 * one behind the other or in an array (source: Panopticon's handlers of these, version 2).
 */
final class PanopticonFile implements ImportFormat {
  private static final String INFO = "/config/akeebabackup/info";

  /** What was found in one file. */
  private static final class Found {
    private final Map<String, JsonNode> sites = new LinkedHashMap<>();
    private long total;
    private long listed;

    void add(JsonNode node, String label, ImportFindings findings) {
      if (node.isArray()) {
        node.forEach(one -> add(one, label, findings));
      } else if (node.has("success") && !node.path("success").asBoolean()) {
        findings.problem(
            label,
            "holds an answer that is an error: "
                + UntrustedText.asCause(node.path("message").asText("")));
      } else if (node.has("data")) {
        if (node.has("pagination")) {
          total = Math.max(total, node.at("/pagination/total").asLong());
          listed += node.path("data").size();
        }
        add(node.path("data"), label, findings);
      } else if (node.hasNonNull("url") || node.hasNonNull("baseUrl")) {
        String id = node.hasNonNull("id") ? node.path("id").asText() : "no " + sites.size();
        // a record of its own says more than the list
        sites.merge(id, node, (old, other) -> other.has("config") ? other : old);
      } else {
        findings.problem(label, "holds something else than sites with a url");
      }
    }
  }

  @Override
  public List<ImportedSite> read(String text, String label, ImportFindings findings) {
    Found found = new Found();
    try (MappingIterator<JsonNode> documents =
        new ObjectMapper().readerFor(JsonNode.class).readValues(text)) {
      while (documents.hasNextValue()) {
        found.add(documents.nextValue(), label, findings);
      }
    } catch (JsonProcessingException e) {
      // its own text may hold a secret
      findings.problem(
          label + ":" + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          "is not JSON; the command line writes it with --format json");
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (found.listed < found.total) {
      findings.problem(
          label,
          "has %s of %s sites; ask for all of them with ?limit=%s"
              .formatted(found.listed, found.total, found.total));
    }
    if (found.sites.isEmpty()) {
      findings.problem(label, "holds no site");
    }
    List<ImportedSite> sites = new ArrayList<>();
    for (JsonNode site : found.sites.values()) {
      String place = place(site, label);
      JsonNode installed = site.at(INFO + "/installed");
      if (installed.isBoolean() && !installed.asBoolean()) {
        findings.note(place, "is left out: Panopticon found no Akeeba Backup there");
      } else {
        sites.add(site(site, place, findings));
      }
    }
    return sites;
  }

  private static String place(JsonNode site, String label) {
    return "%s: site %s (%s)"
        .formatted(
            label,
            UntrustedText.asName(site.path("id").asText("?")),
            UntrustedText.asName(site.path("name").asText("")));
  }

  private static ImportedSite site(JsonNode site, String place, ImportFindings findings) {
    List<Field> fields = new ArrayList<>();
    // its own url is that of the connector's API
    fields.add(Field.text("url", site.path("baseUrl").asText(site.path("url").asText()), place));
    String secret = site.at(INFO + "/secret").asText("").strip();
    String token = site.at("/config/config/apiKey").asText("").strip();
    boolean joomla = site.path("cmsType").asText("joomla").equals("joomla");
    if (!secret.isEmpty()) {
      fields.add(Field.credential("secret", secret, place));
    } else if (joomla && !token.isEmpty()) {
      fields.add(Field.credential("token", token, place));
      findings.note(place, "has no secret word; Panopticon's own API token is taken");
    }
    if (site.path("enabled").asText("1").matches("0|false")) {
      fields.add(Field.yaml("enabled", "false", place));
    }
    if (!site.at("/config/config/username").asText("").isEmpty()) {
      findings.note(
          place, "has a user for HTTP basic auth; write user:password@ into its url if need be");
    }
    String name = site.path("name").asText("").strip();
    return new ImportedSite(place, name.isEmpty() ? null : name, List.copyOf(fields));
  }
}
