package io.github.camelakeeba.health;

import io.github.camelakeeba.rest.RestResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** What the health pages say: names and states, and of what is ours a sentence. */
public final class HealthReport {
  /** Begins the ids of our checks: another application's registry may have a {@code store}, too. */
  static final String PREFIX = "backup-";

  /** Of all checks: 200 with {@code UP}, or 503 with {@code DOWN} when one is down. */
  public RestResponse all(CamelContext context) {
    return reply(HealthCheckHelper.invoke(context));
  }

  /** Of what starting this process anew would mend. */
  public RestResponse live(CamelContext context) {
    return reply(HealthCheckHelper.invokeLiveness(context));
  }

  /** Of what this process needs to take a request and to serve it. */
  public RestResponse ready(CamelContext context) {
    return reply(HealthCheckHelper.invokeReadiness(context));
  }

  private static RestResponse reply(Collection<HealthCheck.Result> results) {
    List<Map<String, Object>> checks = new ArrayList<>();
    boolean up = true;
    for (HealthCheck.Result result :
        results.stream().sorted(Comparator.comparing(HealthReport::name)).toList()) {
      up &= result.getState() != HealthCheck.State.DOWN;
      checks.add(check(result));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", up ? "UP" : "DOWN");
    body.put("checks", checks);
    return RestResponse.json(up ? 200 : 503, body);
  }

  /** On our own pages there is nobody else. */
  private static String name(HealthCheck.Result result) {
    HealthCheck check = result.getCheck();
    return check instanceof ReasonedHealthCheck || check instanceof InformationalHealthCheck
        ? check.getId().substring(PREFIX.length())
        : check.getId();
  }

  private static Map<String, Object> check(HealthCheck.Result result) {
    Map<String, Object> check = new LinkedHashMap<>();
    check.put("name", name(result));
    check.put("status", result.getState().name());
    // other checks put exceptions and addresses there, and nobody has shown a token
    if (result.getCheck() instanceof ReasonedHealthCheck
        && result.getState() == HealthCheck.State.DOWN) {
      check.put("message", result.getMessage().orElse(""));
      if (result.getDetails().get(ReasonedHealthCheck.SINCE_KEY) instanceof Instant since) {
        check.put("since", since.toString());
      }
    }
    if (result.getCheck() instanceof InformationalHealthCheck
        && result.getDetails().get(InformationalHealthCheck.DETAIL_KEY)
            instanceof Map<?, ?> found) {
      check.put("message", result.getMessage().orElse(""));
      found.forEach((name, value) -> check.put(String.valueOf(name), value));
    }
    return check;
  }
}
