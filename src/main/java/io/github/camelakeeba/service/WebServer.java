package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.trigger.WebhookAuthenticator;
import java.net.URI;
import org.apache.camel.CamelContext;

/** The web server before the REST routes; a host application has its own. */
public interface WebServer extends AutoCloseable {
  /** Where it listens, without a path. */
  URI address();

  @FunctionalInterface
  interface Factory {
    /** Starts it; null without settings: no token, no hooks. The paths of hooks need no token. */
    WebServer start(
        Settings.Api settings, WebhookAuthenticator hooks, CamelContext context, Timings timings)
        throws Exception;
  }
}
