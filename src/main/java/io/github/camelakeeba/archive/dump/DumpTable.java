package io.github.camelakeeba.archive.dump;

/**
 * A table as the dump has it.
 *
 * @param database what the SQL files of its database are called, without their ends
 * @param name as the dump writes it: {@code #__content} in an archive
 * @param rows also those that occur twice
 * @param charset of its CREATE, or null
 * @param keys null: its primary key is not one whole number, it has few rows, or its keys were too
 *     many for the memory
 */
public record DumpTable(String database, String name, long rows, String charset, KeySketch keys) {}
