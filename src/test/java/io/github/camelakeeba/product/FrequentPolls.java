package io.github.camelakeeba.product;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What a test waits for is noticed soon after it happened; the first look comes after Awaitility's
 * own 100 ms, since what happens besides has happened then.
 */
public final class FrequentPolls implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    Awaitility.setDefaultPollDelay(Duration.ofMillis(100));
  }
}
