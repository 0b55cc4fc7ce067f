package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.app.cli.backend.ServeClient.ServeUnreachableException;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.reload.ReloadResult;
import io.github.camelakeeba.service.Home;
import java.util.Optional;

/** Has the serve of a home read its configuration anew. */
public final class ReloadClient {
  private ReloadClient() {}

  /**
   * Empty: no serve of this home answers. Throws {@link ConfigurationException} with every problem
   * where the serve refuses the configuration.
   */
  public static Optional<ReloadResult> reload(Home home) throws Exception {
    Optional<ServeClient> serve = ServeClient.of(home);
    if (serve.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(serve.get().reload());
    } catch (ServeUnreachableException e) {
      return Optional.empty();
    }
  }
}
