package io.github.camelakeeba.product;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test waits for is noticed soon: Awaitility's own 100 ms, before the first look too, were
 * minutes of a build.
 */
public final class FrequentPolls implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
  }
}
