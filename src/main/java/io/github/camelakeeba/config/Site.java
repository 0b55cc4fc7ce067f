package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.config.proof.ProofSettings;
import io.github.camelakeeba.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * One site of {@code config/sites.yaml}, defaults merged in, everything resolved and checked.
 *
 * @param name the key under {@code sites}: letters, digits, dot, dash, underscore; at most 64
 * @param secret the secret word of API v2, or null
 * @param token a user's token for API v3, or null; one of the two is there
 * @param schedule Quartz cron expression, or null: on events only
 * @param zone the time zone of {@code schedule} and of the description
 * @param profile the Akeeba profile, from 1
 * @param description text with {@code {site} {date} {time} {profile}}, never blank
 * @param comment stored with the backup, "" when none
 * @param overrides profile settings for this backup only
 * @param host the web host whose limit the site shares
 * @param stepTimeout how long the answer of one call may take
 * @param deadAfter a step without a sign of life for so long is considered dead
 * @param busyWait how long to wait for another client's backup
 * @param enabled false: no schedule, requests are refused
 * @param tags for rules and {@code backup --tag}
 * @param proxy {@code http://host:port}, or null
 * @param ca PEM file with the certificates to trust, or null: the JVM's own
 * @param overdueAfter no good backup for so long is reported; null: by the schedule
 * @param download what becomes of the archives; null: they stay where they are
 * @param shrunk percent; an archive smaller than that of the last good one is a warning; 0: never
 * @param title the name that people read, or null: the key
 * @param proof how it is made sure that its backups can be restored
 */
@Internal
public record Site(
    String name,
    SiteAddress address,
    Secret secret,
    Secret token,
    String schedule,
    ZoneId zone,
    int profile,
    String description,
    String comment,
    Map<String, String> overrides,
    String host,
    Duration stepTimeout,
    Duration deadAfter,
    Duration busyWait,
    Retry retry,
    boolean enabled,
    List<String> tags,
    URI proxy,
    Path ca,
    Duration maxDuration,
    Duration overdueAfter,
    DownloadSettings download,
    RemoteFilePolicy onServer,
    Integer shrunk,
    String title,
    ProofSettings proof) {
  public String displayName() {
    return title == null ? name : title;
  }

  public URI url() {
    return address.url();
  }

  public Secret basicAuth() {
    return address.basicAuth();
  }

  /** Further attempts of one run after {@code unreachable} and after {@code untrusted}. */
  public record Retry(int unreachable, int untrusted) {}
}
