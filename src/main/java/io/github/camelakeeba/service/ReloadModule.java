package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.live.CurrentConfiguration;
import io.github.camelakeeba.reload.ConfigurationFiles;
import io.github.camelakeeba.reload.ConfigurationReload;
import io.github.camelakeeba.reload.ReloadFollower;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Gathers what takes part in a reload, in the order in which it is asked; binds the beans. */
public final class ReloadModule {
  static final String RELOAD = "backup-reload"; // takes a changed configuration
  static final String CONFIGURATION_FILES = "backup-configuration-files"; // whether they changed

  private final List<Consumer<Configuration>> checks = new ArrayList<>();
  private final List<ReloadFollower> before = new ArrayList<>();
  private final List<ReloadFollower> after = new ArrayList<>();
  private final List<BooleanSupplier> settle = new ArrayList<>();
  private ConfigurationReload reload;

  /** Throws ConfigurationException where the service could not go on with this one. */
  void check(Consumer<Configuration> check) {
    checks.add(check);
  }

  /** Is asked while the old one holds; if it fails the old one stays. */
  void before(ReloadFollower follower) {
    before.add(follower);
  }

  /** Is asked once the new one holds. */
  void after(ReloadFollower follower) {
    after.add(follower);
  }

  /**
   * Is done after a reload, and once more a while later, since what was under way may add to it.
   */
  void tidy(Runnable work) {
    after.add((old, next) -> work.run());
    settle(
        () -> {
          work.run();
          return true;
        });
  }

  /** Is asked a while after a reload, and again and again, until nothing is left to do: true. */
  void settle(BooleanSupplier work) {
    settle.add(work);
  }

  void bind(
      BeanBinder beans,
      CurrentConfiguration current,
      Supplier<Configuration> source,
      Function<Configuration, List<String>> needsRestart,
      ConfigurationFiles files,
      Clock clock) {
    // each is asked
    BooleanSupplier all = () -> settle.stream().filter(one -> !one.getAsBoolean()).count() == 0;
    ConfigurationReload.Parts parts =
        new ConfigurationReload.Parts(source, checks, before, after, all, needsRestart);
    reload = beans.bind(RELOAD, new ConfigurationReload(current, parts, clock));
    beans.bind(CONFIGURATION_FILES, files);
  }

  /** Null until all is bound. */
  public ConfigurationReload reload() {
    return reload;
  }
}
