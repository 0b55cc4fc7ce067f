package io.github.camelakeeba.akeeba.answer;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.capture.CapturedExchange;
import io.github.camelakeeba.capture.Captures;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Real answers to be damaged, and what the parser makes of them then; counts the attempts. */
final class ParseAttempts {
  private final ResponseReader parser = new ResponseReader();
  private int count;

  int count() {
    return count;
  }

  /** One real answer of each method, and every answer that really ended a backup. */
  static List<CapturedExchange> originals() {
    Map<String, CapturedExchange> chosen = new LinkedHashMap<>();
    for (CapturedExchange exchange : Captures.all()) {
      String body = body(exchange);
      if (exchange.complete() && body.startsWith("{\"status\":200,\"data\":{\"HasRun\":false")) {
        chosen.put(exchange.capture(), exchange);
      } else if (exchange.complete() && body.startsWith("{\"status\":200,")) {
        chosen.putIfAbsent(exchange.method(), exchange);
      }
    }
    chosen.keySet().removeAll(List.of("", "GETVERSION", "exportConfiguration"));
    return List.copyOf(chosen.values());
  }

  static String body(CapturedExchange exchange) {
    return new String(exchange.body(), StandardCharsets.UTF_8);
  }

  Object parsed(String method, byte[] body) {
    AkeebaResponse answer = new AkeebaResponse(method, 200, null, null, body);
    return switch (method) {
      case "getVersion" -> parser.version(answer);
      case "getProfiles" -> parser.profiles(answer);
      case "startBackup", "stepBackup" -> parser.step(answer);
      case "listBackups" -> parser.records(answer);
      case "getBackupInfo" -> parser.record(answer);
      default -> parser.data(answer);
    };
  }

  /** What became of it, or null when it raised an exception with a kind. */
  Object attempt(String method, byte[] body) {
    count++;
    try {
      return parsed(method, body);
    } catch (AkeebaException e) {
      if (e.kind() == null || e.getMessage().isBlank() || e.getMessage().length() > 900) {
        throw new AssertionError("a refusal needs a kind and a short text", e);
      }
      return null;
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
