package io.github.camelakeeba.reload;

import io.github.camelakeeba.config.Configuration;

/** Something that is made of the configuration, and has to be brought in line with another. */
@FunctionalInterface
public interface ReloadFollower {
  void follow(Configuration before, Configuration next) throws Exception;
}
