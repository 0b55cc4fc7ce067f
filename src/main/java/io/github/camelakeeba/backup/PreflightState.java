package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.CallDelay;
import java.time.Instant;
import java.util.List;

/**
 * A poll of the site before the start.
 *
 * @param open whether to look (again)
 * @param pause milliseconds to wait before that
 * @param until when the waiting ends
 * @param seen another client's records of status {@code run} in the last poll, null before the
 *     first
 * @param newest the highest record number on the site, 0 when there is none
 * @param told what was last reported about the waiting, or null
 */
public record PreflightState(
    boolean open, long pause, Instant until, List<BackupRecord> seen, long newest, String reported)
    implements CallDelay {}
