package io.github.camelakeeba.secret;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A secret is known to its whole process, and many classes of tests share one: what one of them
 * calls a secret ({@code wrong}, {@code something}) must not be masked in the sentences that the
 * next one reads. Which classes meet in a process changes with each new one.
 */
public final class ForgetSecretsAfterAClass implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) {
    boolean outermost = context.getRequiredTestClass().getEnclosingClass() == null;
    if (outermost) {
      SecretMasker.forgetAll();
    }
  }
}
