package io.github.camelakeeba.run;

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
public final class Health {
  /** Begins the ids of our checks: another application's registry may have a {@code store}, too. */
  static final String PREFIX = "backup-";

  /** Of all checks: 200 with {@code UP}, or 503 with {@code DOWN} when one is down. */
  public Reply all(CamelContext context) {
    return reply(HealthCheckHelper.invoke(context));
  }

  /** Of what starting this process anew would mend. */
  public Reply live(CamelContext context) {
    return reply(HealthCheckHelper.invokeLiveness(context));
  }

  /** Of what this process needs to take a request and to serve it. */
  public Reply ready(CamelContext context) {
    return reply(HealthCheckHelper.invokeReadiness(context));
  }

  private static Reply reply(Collection<HealthCheck.Result> results) {
    List<Map<String, Object>> checks = new ArrayList<>();
    boolean up = true;
    for (HealthCheck.Result result :
        results.stream().sorted(Comparator.comparing(Health::name)).toList()) {
      up &= result.getState() != HealthCheck.State.DOWN;
      checks.add(check(result));
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", up ? "UP" : "DOWN");
    body.put("checks", checks);
    return Reply.json(up ? 200 : 503, body);
  }

  /** On our own pages there is nobody else. */
  private static String name(HealthCheck.Result result) {
    HealthCheck check = result.getCheck();
    return check instanceof ToldCheck || check instanceof DetailCheck
        ? check.getId().substring(PREFIX.length())
        : check.getId();
  }

  private static Map<String, Object> check(HealthCheck.Result result) {
    Map<String, Object> check = new LinkedHashMap<>();
    check.put("name", name(result));
    check.put("status", result.getState().name());
    // other checks put exceptions and addresses there, and nobody has shown a token
    if (result.getCheck() instanceof ToldCheck && result.getState() == HealthCheck.State.DOWN) {
      check.put("message", result.getMessage().orElse(""));
      if (result.getDetails().get(ToldCheck.SINCE) instanceof Instant since) {
        check.put("since", since.toString());
      }
    }
    if (result.getCheck() instanceof DetailCheck
        && result.getDetails().get(DetailCheck.FOUND) instanceof Map<?, ?> found) {
      check.put("message", result.getMessage().orElse(""));
      found.forEach((name, value) -> check.put(String.valueOf(name), value));
    }
    return check;
  }
}
