package io.github.camelakeeba.akeeba;

/**
 * The answer of download.
 *
 * @param bytes of the file; none at the end of a file of whole mebibytes; null: refused
 * @param refusal why the site gives none; null: it does
 */
public record ArchiveSegment(byte[] bytes, AkeebaException refusal) {}
