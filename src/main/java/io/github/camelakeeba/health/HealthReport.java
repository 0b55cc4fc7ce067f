package io.github.camelakeeba.health;

import io.github.camelakeeba.rest.RestResponse;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.health.HealthCheck;

/** What the health pages say: names and states, and of our checks a sentence. */
public final class HealthReport {
  private HealthReport() {}

  /** 200 with {@code UP}, or 503 with {@code DOWN} when a check is down. */
  public static RestResponse of(Collection<HealthCheck.Result> results) {
    boolean up = results.stream().noneMatch(one -> one.getState() == HealthCheck.State.DOWN);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", up ? "UP" : "DOWN");
    body.put(
        "checks",
        results.stream()
            .sorted(Comparator.comparing(HealthReport::name))
            .map(HealthReport::check)
            .toList());
    return RestResponse.json(up ? 200 : 503, body);
  }

  private static String name(HealthCheck.Result result) {
    String id = result.getCheck().getId();
    return result.getCheck() instanceof BackupHealthCheck
        ? id.substring(BackupHealthCheck.PREFIX.length())
        : id;
  }

  private static Map<String, Object> check(HealthCheck.Result result) {
    Map<String, Object> check = new LinkedHashMap<>();
    check.put("name", name(result));
    check.put("status", result.getState().name());
    // other checks put exceptions and addresses there, and the page asks for no token
    if (result.getCheck() instanceof BackupHealthCheck && result.getMessage().isPresent()) {
      check.put("message", result.getMessage().get());
      if (result.getDetails().get(BackupHealthCheck.SINCE_KEY) instanceof Instant since) {
        check.put("since", since.toString());
      }
      if (result.getDetails().get(BackupHealthCheck.FOUND_KEY) instanceof Map<?, ?> found) {
        found.forEach((name, value) -> check.put(String.valueOf(name), value));
      }
    }
    return check;
  }
}
