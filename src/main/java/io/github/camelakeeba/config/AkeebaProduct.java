package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;

/** The supported products of Akeeba. */
@Internal
public enum AkeebaProduct {
  JOOMLA("Akeeba Backup for Joomla"),
  WORDPRESS("Akeeba Backup for WordPress"),
  SOLO("Akeeba Solo");

  private final String title;

  AkeebaProduct(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }
}
