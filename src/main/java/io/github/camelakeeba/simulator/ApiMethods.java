package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelakeeba.simulator.archive.StoredBackup;
import io.github.camelakeeba.simulator.http.HtmlErrorPages;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.PhpJson;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.util.Locale;
import java.util.regex.Pattern;

/** Answers one call of the JSON API by its method's name, which is not case-sensitive. */
final class ApiMethods {
  private static final Pattern RETIRED =
      Pattern.compile(
          "log|browse|(delete|save)profile|saveconfiguration|getguiconfiguration|getfsroots"
              + "|setfsfilter|testdbconnection");

  private final ProductProfile product;
  private final Engine engine;
  private final RecordMethods records;
  private final ProfileStore profiles;

  ApiMethods(ProductProfile product, Engine engine, RecordMethods records, ProfileStore profiles) {
    this.product = product;
    this.engine = engine;
    this.records = records;
    this.profiles = profiles;
  }

  HttpReply answer(RecordedRequest request, Fault fault) throws InterruptedException {
    String method = request.method().toLowerCase(Locale.ROOT);
    long id = number(request, "backup_id", 0);
    if (method.startsWith("download") && records.downloadCrashes(id)) {
      return HttpReply.html(500, HtmlErrorPages.CRITICAL);
    }
    if (method.equals("downloaddirect")) {
      return records.direct(id, (int) number(request, "part_id", 1));
    }
    try {
      return json(200, data(method, id, request, fault));
    } catch (ApiErrorException error) {
      return json(error.status, TextNode.valueOf(error.getMessage()));
    }
  }

  HttpReply json(int status, JsonNode data) {
    return product.json(PhpJson.bytes(PhpJson.envelope(status, data)));
  }

  private JsonNode data(String method, long id, RecordedRequest request, Fault fault)
      throws InterruptedException {
    return switch (method) {
      case "getversion" -> product.version();
      case "getprofiles" -> profiles.list();
      case "startbackup" -> engine.start(parameters(request), fault);
      case "stepbackup" -> engine.step(request.param("backupid"), fault);
      case "listbackups" ->
          records.list((int) number(request, "from", 0), (int) number(request, "limit", 50));
      case "getbackupinfo" -> records.info(id);
      case "deletefiles" -> records.deleteFiles(id);
      case "delete" -> records.delete(id);
      case "download" ->
          records.segment(
              id,
              (int) number(request, "part_id", 1),
              number(request, "segment", 1),
              number(request, "chunk_size", 1));
      case "exportconfiguration" -> profiles.export((int) number(request, "profile", 1));
      case "importconfiguration" -> {
        profiles.importProfile(request.params());
        yield BooleanNode.TRUE;
      }
      default ->
          throw RETIRED.matcher(method).matches()
              ? new ApiErrorException(
                  501, "This method is no longer supported by the Akeeba Remote JSON API")
              : new ApiErrorException(405, "Invalid method " + request.method());
    };
  }

  private static StoredBackup.StartParameters parameters(RecordedRequest request) {
    int profile = (int) Math.max(1, number(request, "profile", 1));
    return new StoredBackup.StartParameters(
        profile, request.param("description"), request.param("comment"));
  }

  /** As PHP casts: the digits at the start, else 0; the default only when it was not sent. */
  private static long number(RecordedRequest request, String name, long missing) {
    if (!request.params().containsKey(name)) {
      return missing;
    }
    String digits = request.param(name).strip().replaceAll("^([+-]?\\d{1,18}).*", "$1");
    return digits.matches("[+-]?\\d+") ? Long.parseLong(digits) : 0;
  }
}
