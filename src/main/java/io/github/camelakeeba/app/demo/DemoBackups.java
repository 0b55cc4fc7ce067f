package io.github.camelakeeba.app.demo;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.service.Service;
import java.util.Map;
import org.apache.camel.CamelExecutionException;

/** Starts backups of the demo's sites, as somebody who looks on asks for them. */
final class DemoBackups {
  private final Service service;

  DemoBackups(Service service) {
    this.service = service;
  }

  /** One that is running is left alone. */
  void start(String site) throws Exception {
    byte[] body = service.beans().json().mapper().writeValueAsBytes(Map.of("site", site));
    BackupRequest request = service.beans().reader().readCommand(body, "demo");
    try {
      service.context().createProducerTemplate().requestBody("direct:backup-request", request);
    } catch (CamelExecutionException e) {
      if (!(e.getCause() instanceof RunRefusedException)) {
        throw e;
      }
    }
  }
}
