package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.CallDelay;
import java.time.Instant;
import java.util.List;

/**
 * The state of the polling before the start.
 *
 * @param open whether to poll (again)
 * @param pause milliseconds until then
 * @param until when the waiting ends
 * @param seen another client's records of status {@code run} in the last poll, null before the
 *     first
 * @param newest the highest record number on the site, 0 when there is none
 * @param reported what was last reported about the waiting, or null
 */
public record PreflightState(
    boolean open, long pause, Instant until, List<BackupRecord> seen, long newest, String reported)
    implements CallDelay {}
