package io.github.camelakeeba.proof;

/**
 * A table that was restored.
 *
 * @param table as the dump has it, with {@code #__}
 * @param rows counted on the server
 */
public record TableCount(String table, long rows) {}
