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
import java.util.Set;

/** Answers one call of the JSON API by its method's name, which is not case-sensitive. */
final class ApiMethods {
  private static final Set<String> RETIRED =
      Set.of(
          "log",
          "browse",
          "deleteprofile",
          "saveprofile",
          "saveconfiguration",
          "getguiconfiguration",
          "getfsroots",
          "setfsfilter",
          "testdbconnection");
  private final ProductProfile manner;
  private final Engine engine;
  private final RecordMethods records;
  private final DownloadMethods downloads;
  private final ProfileStore profiles;

  ApiMethods(
      ProductProfile manner,
      Engine engine,
      RecordMethods records,
      DownloadMethods downloads,
      ProfileStore profiles) {
    this.manner = manner;
    this.engine = engine;
    this.records = records;
    this.downloads = downloads;
    this.profiles = profiles;
  }

  HttpReply answer(RecordedRequest request, WorkerFault mishap) throws InterruptedException {
    String method = request.method().toLowerCase(Locale.ROOT);
    if (method.startsWith("download") && downloads.crashes(number(request, "backup_id", 0))) {
      return HttpReply.html(500, HtmlErrorPages.CRITICAL);
    }
    if (method.equals("downloaddirect")) {
      return downloads.direct(number(request, "backup_id", 0), (int) number(request, "part_id", 1));
    }
    try {
      return json(200, data(method, request, mishap));
    } catch (ApiErrorException failure) {
      return json(failure.status, TextNode.valueOf(failure.getMessage()));
    }
  }

  HttpReply json(int status, JsonNode data) {
    return manner.json(PhpJson.bytes(PhpJson.envelope(status, data)));
  }

  private JsonNode data(String method, RecordedRequest request, WorkerFault mishap)
      throws InterruptedException {
    return switch (method) {
      case "getversion" -> manner.version();
      case "getprofiles" -> profiles.list();
      case "startbackup" -> engine.start(order(request), mishap);
      case "stepbackup" -> engine.step(request.param("backupid"), mishap);
      case "listbackups" ->
          records.list((int) number(request, "from", 0), (int) number(request, "limit", 50));
      case "getbackupinfo" -> records.info(number(request, "backup_id", 0));
      case "deletefiles" -> records.deleteFiles(number(request, "backup_id", 0));
      case "delete" -> records.delete(number(request, "backup_id", 0));
      case "download" ->
          downloads.segment(
              number(request, "backup_id", 0),
              (int) number(request, "part_id", 1),
              number(request, "segment", 1),
              number(request, "chunk_size", 1));
      case "exportconfiguration" -> profiles.export((int) number(request, "profile", 1));
      case "importconfiguration" -> {
        profiles.importProfile(request.params());
        yield BooleanNode.TRUE;
      }
      default -> throw unknown(method, request.method());
    };
  }

  private static ApiErrorException unknown(String method, String asSent) {
    return RETIRED.contains(method)
        ? new ApiErrorException(
            501, "This method is no longer supported by the Akeeba Remote JSON API")
        : new ApiErrorException(405, "Invalid method " + asSent);
  }

  private static StoredBackup.StartParameters order(RecordedRequest request) {
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
