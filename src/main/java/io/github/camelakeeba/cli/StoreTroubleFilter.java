package io.github.camelakeeba.cli;

import io.github.camelakeeba.run.StoreTrouble;
import org.apache.logging.log4j.core.Core;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.filter.AbstractFilter;

/**
 * Keeps libraries from telling of each statement that an absent store did not take, with a stack
 * trace: the service itself tells once when the store goes, and once when it is back.
 */
@Plugin(
    name = "StoreTroubleFilter",
    category = Core.CATEGORY_NAME,
    elementType = Filter.ELEMENT_TYPE)
public final class StoreTroubleFilter extends AbstractFilter {
  private StoreTroubleFilter() {
    super(Result.DENY, Result.NEUTRAL);
  }

  /** Called by Log4j. */
  @PluginFactory
  public static StoreTroubleFilter create() {
    return new StoreTroubleFilter();
  }

  @Override
  public Result filter(LogEvent event) {
    return StoreTrouble.is(event.getThrown()) ? getOnMatch() : getOnMismatch();
  }
}
