package io.github.camelakeeba.akeeba;

import java.util.Arrays;

/** Why a run failed: the words of {@code error.kind} in events, the database and the documents. */
public enum ErrorKind {
  /** No usable answer: DNS, connect, TLS, HTTP 5xx, HTML or half an answer in place of JSON. */
  UNREACHABLE("unreachable"),
  /** The site refuses the credential (JSON 503 or 403, HTTP 401 or 403). */
  REFUSED_SECRET("refused-secret"),
  /** There is no Akeeba Backup API at this address, or no such profile or record. */
  NOT_FOUND("not-found"),
  /** Something in the configuration, here or on the site, must be changed first. */
  CONFIGURATION("configuration"),
  /** Another client's backup of this site is running. */
  BUSY("busy"),
  /** The backup engine on the site reported an error. */
  BACKUP_ERROR("backup-error"),
  /** The answer carried another {@code backupid}: the backup was begun anew on the site. */
  RESTARTED_ON_SERVER("restarted-on-server"),
  /** The answer breaks the protocol: the step number went back, {@code HasRun} is missing. */
  OUT_OF_ORDER("out-of-order"),
  /** The archive may have lost rows. */
  UNTRUSTED("untrusted"),
  /** A time limit passed: of one answer, or of the whole run. */
  TIMEOUT("timeout"),
  /** The site says it has ended, but its record or its files say otherwise. */
  VERIFICATION("verification"),
  STOPPED("stopped"),
  /** The service was stopped while the run was going on. */
  INTERRUPTED("interrupted"),
  /** A fault of this program. */
  INTERNAL("internal");

  private final String word;

  ErrorKind(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  /** The kind of this word; throws {@link IllegalArgumentException} for any other. */
  public static ErrorKind of(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(word))
        .findAny()
        .orElseThrow(() -> new IllegalArgumentException("unknown error kind: " + word));
  }
}
