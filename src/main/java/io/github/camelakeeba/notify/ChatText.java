package io.github.camelakeeba.notify;

/**
 * What a chat shows of a message: plain text, neither escaped nor cut.
 *
 * @param title one line: what has happened
 * @param text what else there is to know; several lines, may be empty
 */
public record ChatText(String title, String text) {}
