package io.github.camelakeeba.akeeba;

/**
 * The answer of getVersion.
 *
 * @param api the API level: 600 on Joomla, 400 on WordPress and Solo; 0 when absent
 * @param version of the component, "" when absent
 * @param date of the release as sent, "" when absent
 * @param edition {@code pro} or {@code core}, "" when absent
 */
public record ServerVersion(int api, String version, String date, String edition) {}
