package io.github.camelakeeba.service;

import org.apache.camel.spi.Registry;

/** Binds beans under the names that the routes use. */
record BeanBinder(Registry registry) {
  <T> T bind(String name, T bean) {
    registry.bind(name, bean);
    return bean;
  }
}
