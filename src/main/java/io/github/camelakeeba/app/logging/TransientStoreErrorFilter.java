package io.github.camelakeeba.app.logging;

import io.github.camelakeeba.store.TransientStoreErrors;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.filter.AbstractFilter;

/**
 * Keeps libraries from logging each statement that an unavailable store rejected, with a stack
 * trace: the service itself reports once when the store goes, and once when it is back.
 */
@Plugin(
    name = "StoreTroubleFilter",
    category = Core.CATEGORY_NAME,
    elementType = Filter.ELEMENT_TYPE)
public final class TransientStoreErrorFilter extends AbstractFilter {
  private TransientStoreErrorFilter() {
    super(Result.DENY, Result.NEUTRAL);
  }

  @PluginFactory
  public static TransientStoreErrorFilter create() {
    return new TransientStoreErrorFilter();
  }

  @Override
  public Result filter(LogEvent event) {
    return TransientStoreErrors.isTransient(event.getThrown()) ? getOnMatch() : getOnMismatch();
  }
}
