package io.github.camelakeeba.store;

import java.util.Arrays;
import java.util.Optional;

/** The store's databases, with their drivers, which an application that embeds us brings. */
public enum StoreDriver {
  /** The version matters: 2.5.252 loses acknowledged commits when the process is killed. */
  H2("jdbc:h2:", "org.h2.Driver", "com.h2database:h2:2.4.240"),
  POSTGRESQL("jdbc:postgresql:", "org.postgresql.Driver", "org.postgresql:postgresql");

  private final String prefix;
  private final String className;
  private final String artifact;

  StoreDriver(String prefix, String className, String artifact) {
    this.prefix = prefix;
    this.className = className;
    this.artifact = artifact;
  }

  /** The driver of this JDBC URL; empty for a database that is not supported. */
  public static Optional<StoreDriver> of(String url) {
    return Arrays.stream(values()).filter(one -> url.startsWith(one.prefix)).findFirst();
  }

  /** Whether it is on the class path; then it is loaded, so that JDBC knows it. */
  public boolean isPresent() {
    try {
      Class.forName(className);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Maven's coordinates of the missing jar. */
  public String artifact() {
    return artifact;
  }
}
