package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.service.settings.ObserveSettings;
import io.github.camelakeeba.service.settings.Settings;
import io.github.camelakeeba.trigger.WebhookAuthenticator;
import java.net.URI;
import org.apache.camel.CamelContext;

/** The web server before the REST routes; a host application has its own. */
public interface WebServer extends AutoCloseable {
  /** Where the API and hooks are, without a path; null: neither is served. */
  URI address();

  /**
   * What is to be served.
   *
   * @param api its address, and who may call it: nobody without tokens; null: nothing is served
   *     that others may call
   * @param hooks their paths need no token
   */
  record Served(Settings.Api api, ObserveSettings observe, WebhookAuthenticator hooks) {}

  @FunctionalInterface
  interface Factory {
    /** Starts it; null where nothing is served. */
    WebServer start(Served served, CamelContext context, Timings timings) throws Exception;
  }
}
