package io.github.camelakeeba.service;

import java.nio.file.Path;

/** The folder with {@code config/}, {@code routes/} and {@code data/}, as an absolute path. */
public record Home(Path folder) {
  /** The folder that was named, or that {@code BACKUP_HOME} names, or the working directory. */
  public static Home of(Path named) {
    String environment = System.getenv("BACKUP_HOME");
    Path folder = named != null ? named : environment != null ? Path.of(environment) : Path.of("");
    return new Home(folder.toAbsolutePath().normalize());
  }

  public Path config() {
    return folder.resolve("config");
  }

  public Path data() {
    return folder.resolve("data");
  }

  /** The file of the embedded database. */
  public Path store() {
    return data().resolve("backup.mv.db");
  }

  /** The last good lists of {@code sources}. */
  public Path sources() {
    return data().resolve("sources");
  }

  public RouteFolder routes() {
    return new RouteFolder(folder);
  }
}
