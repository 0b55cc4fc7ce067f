package io.github.camelakeeba.rest.reload;

import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.problem.ProblemDetail;
import io.github.camelakeeba.problem.ProblemDetail.Kind;
import io.github.camelakeeba.reload.ConfigurationReload;
import io.github.camelakeeba.rest.RestResponse;
import java.util.List;
import java.util.function.Supplier;

/** Reloads the configuration for a caller. */
public final class ReloadResource {
  private final Supplier<ConfigurationReload> reload;

  /** A problem document with all that is wrong, a sentence each. */
  record Refusal(String type, String title, int status, String detail, List<String> problems) {
    static Refusal of(List<String> problems) {
      ProblemDetail problem =
          ProblemDetail.of(
              Kind.REFUSED_CONFIGURATION,
              "the configuration was refused, and the one before holds; problems: "
                  + problems.size());
      return new Refusal(
          problem.type(), problem.title(), problem.status(), problem.detail(), problems);
    }
  }

  public ReloadResource(Supplier<ConfigurationReload> reload) {
    this.reload = reload;
  }

  /** What has changed; 422 with every problem where the configuration is refused. */
  public RestResponse reload(String by) {
    try {
      return RestResponse.json(200, reload.get().reload(by));
    } catch (ConfigurationException e) {
      Refusal refusal = Refusal.of(e.problems());
      return new RestResponse(refusal.status(), ProblemDetail.MEDIA_TYPE, refusal);
    }
  }
}
