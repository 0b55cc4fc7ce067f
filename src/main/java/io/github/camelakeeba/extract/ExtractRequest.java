package io.github.camelakeeba.extract;

import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be extracted, and where to.
 *
 * @param passwords candidates for an encrypted archive
 * @param folder is made if need be
 * @param maxSize bytes of all files at most; null: {@link SizeLimit#DEFAULT_FACTOR} times those of
 *     the archive, and {@link SizeLimit#ALWAYS_ALLOWED} in any case
 * @param overwrite whether files that are in the folder already may be replaced
 */
public record ExtractRequest(
    ArchiveSource source,
    List<Secret> passwords,
    Path folder,
    PathFilter only,
    Long maxSize,
    boolean overwrite,
    ExtractProgress progress) {}
