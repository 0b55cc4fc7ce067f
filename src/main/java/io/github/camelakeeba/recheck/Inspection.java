package io.github.camelakeeba.recheck;

import io.github.camelakeeba.archive.format.ArchiveVerification.Encryption;
import io.github.camelakeeba.census.CensusDifference;
import io.github.camelakeeba.event.Event;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an archive that was read from its first byte to its last is worth.
 *
 * @param damage why it can't be relied on; null: it can
 * @param unread what of it could not be checked, and why; null: all of it was, or it is damaged
 * @param warnings what a person should check: what its dump lacks
 * @param checksums SHA-256 of its files, in their order, in hex; empty where reading ended early
 * @param comparedWith how many of them were known before
 * @param content what was counted in it; null: its contents could not be read
 * @param differences from what was counted when it was downloaded; null: that is not known
 */
public record Inspection(
    String damage,
    String unread,
    List<String> warnings,
    List<String> checksums,
    int comparedWith,
    Encryption encryption,
    Event.Content content,
    List<String> differences) {
  static Inspection of(String damage) {
    return new Inspection(damage, null, List.of(), List.of(), 0, Encryption.NONE, null, null);
  }

  /**
   * With what they mean. The bytes that were downloaded hold the same as ever, so that it is the
   * counting that has changed, as another version of this program may bring it.
   */
  Inspection withDifferences(boolean sameBytes) {
    String joined = CensusDifference.joined(differences);
    if (sameBytes) {
      return with(
          damage,
          Stream.concat(
                  warnings.stream(),
                  Stream.of(
                      "its bytes are those that were downloaded, but another version of this program counted otherwise: "
                          + joined))
              .toList());
    }
    String told = "In it is not what was counted when it was downloaded: %s.".formatted(joined);
    return with(damage == null ? told : damage + " " + told, warnings);
  }

  private Inspection with(String told, List<String> all) {
    return new Inspection(
        told, unread, all, checksums, comparedWith, encryption, content, differences);
  }

  public boolean damaged() {
    return damage != null;
  }
}
