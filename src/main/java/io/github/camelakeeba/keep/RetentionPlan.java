package io.github.camelakeeba.keep;

import io.github.camelakeeba.akeeba.DeletionRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.secret.Secret;
import java.util.List;

/**
 * What need not stay once the archive of a run is downloaded.
 *
 * @param deletion the files on the site; null: they stay
 * @param expired the older archives that are to be deleted
 */
public record RetentionPlan(Run run, DeletionRequest deletion, List<ExpiredArchive> expired) {

  /**
   * An archive that no rule keeps.
   *
   * @param deliveredFiles URIs that find its files at the endpoint and delete them there; none
   *     where it is in a folder
   */
  public record ExpiredArchive(StoredArchive archive, List<Secret> deliveredFiles) {}
}
