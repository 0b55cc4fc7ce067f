package io.github.camelakeeba.cli;

/** Says in one line why the store can't be opened, and what to do. */
final class StoreFault {
  private StoreFault() {}

  static String explain(Exception thrown, Home home, String url) {
    String file = home.data().resolve("backup.mv.db").toString();
    StringBuilder texts = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      texts.append(' ').append(t.getMessage());
    }
    if (texts.toString().contains("already in use")) {
      return file
          + ": the store is in use by another process, most likely a running 'serve' of this home;"
          + " stop that first, or ask it for the backup through its API (POST /api/backups)";
    }
    if (!url.isBlank()) {
      return "application.properties: backup.database.url: the database can't be reached; check"
          + " that it runs, its address, user and password";
    }
    return file + ": the store can't be opened: " + thrown.getMessage();
  }
}
