package io.github.camelakeeba.recheck;

import io.github.camelakeeba.archive.format.ArchiveVerification.Encryption;
import io.github.camelakeeba.event.Event;
import java.util.List;

/**
 * What an archive that was read from its first byte to its last is worth.
 *
 * @param damage why it can't be relied on; null: it can
 * @param unread what of it could not be checked, and why; null: all of it was, or it is damaged
 * @param warnings what a person should check: what its dump lacks
 * @param checksums SHA-256 of its files, in their order, in hex; empty where reading ended early
 * @param comparedWith how many of them were known before
 * @param content what was counted in it; null: its contents could not be read
 */
public record Inspection(
    String damage,
    String unread,
    List<String> warnings,
    List<String> checksums,
    int comparedWith,
    Encryption encryption,
    Event.Content content) {
  static Inspection of(String damage) {
    return new Inspection(damage, null, List.of(), List.of(), 0, Encryption.NONE, null);
  }

  public boolean damaged() {
    return damage != null;
  }
}
