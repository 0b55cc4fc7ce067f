package io.github.camelakeeba.akeeba;

/**
 * One file of an archive, as {@code filenames} of getBackupInfo lists it.
 *
 * @param part the part's number from 1; part 1 is the last file of a split archive
 * @param size bytes
 */
public record ArchivePart(int part, String name, long size) {}
