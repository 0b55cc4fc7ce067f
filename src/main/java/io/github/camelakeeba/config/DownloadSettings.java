package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where each archive goes after its backup, and how many are kept there.
 *
 * @param folder where the files go; null: to {@code uri}
 * @param uri the Camel endpoint that gets the files, may hold a password; null: to the folder
 * @param keep so many are kept; null: not by number
 * @param keepDays those of so many days are kept; null: not by age
 * @param keepWeekly the newest of each of so many weeks; null: none for that
 * @param keepMonthly the newest of each of so many months; null: none for that
 * @param verifyEvery each is read again after so long; null: only when asked for
 */
@Internal
public record DownloadSettings(
    Path folder,
    Secret uri,
    Integer keep,
    Integer keepDays,
    Integer keepWeekly,
    Integer keepMonthly,
    Duration verifyEvery) {
  public boolean hasRetention() {
    return keep != null || keepDays != null || keepWeekly != null || keepMonthly != null;
  }

  /** The location without what may be a secret: a URI's user, and its query. */
  public String displayLocation() {
    return folder != null
        ? folder.toString()
        : uri.reveal().replaceFirst("\\?.*", "").replaceFirst("^([^/]*//)[^/@]*@", "$1");
  }
}
