package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;

/** The Akeeba products whose API is spoken. */
@Internal
public enum AkeebaProduct {
  /** Akeeba Backup for Joomla. */
  JOOMLA("Akeeba Backup for Joomla"),
  /** Akeeba Backup for WordPress. */
  WORDPRESS("Akeeba Backup for WordPress"),
  /** Akeeba Solo. */
  SOLO("Akeeba Solo");

  private final String title;

  AkeebaProduct(String title) {
    this.title = title;
  }

  /** Its name for people. */
  public String title() {
    return title;
  }
}
