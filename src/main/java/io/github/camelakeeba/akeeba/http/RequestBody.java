package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.secret.UntrustedText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The body of one call, {@code application/x-www-form-urlencoded} in UTF-8. The order of the
 * parameters is always the same, {@code method} first.
 *
 * @param parameters not yet encoded, in the order in which they are sent
 */
public record RequestBody(String method, Map<String, String> parameters) {
  public static final String CONTENT_TYPE = "application/x-www-form-urlencoded";
  // a bracket in the key would end PHP's array index early and set something else
  private static final Pattern OVERRIDE = Pattern.compile("[A-Za-z0-9_.-]+");

  public RequestBody {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  public static RequestBody getVersion() {
    return new RequestBody("getVersion", Map.of());
  }

  public static RequestBody getProfiles() {
    return new RequestBody("getProfiles", Map.of());
  }

  /**
   * Begins a backup, and kills every other one of the site (measured).
   *
   * @param description as it is to be stored; "" or null: the server puts one of its making
   * @param comment "" or null when there is none
   * @throws AkeebaException of kind configuration when an override's name cannot be sent
   */
  public static RequestBody startBackup(
      int profile, String description, String comment, Map<String, String> overrides) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("profile", String.valueOf(profile));
    putText(parameters, "description", description);
    putText(parameters, "comment", comment);
    new TreeMap<>(overrides)
        .forEach((name, value) -> parameters.put("overrides[" + checked(name) + "]", value));
    return new RequestBody("startBackup", parameters);
  }

  public static RequestBody stepBackup(String backupid) {
    return new RequestBody("stepBackup", Map.of("backupid", backupid));
  }

  /** The newest records; {@code limit} 0 means all of them. */
  public static RequestBody listBackups(int from, int limit) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("from", String.valueOf(from));
    parameters.put("limit", String.valueOf(limit));
    return new RequestBody("listBackups", parameters);
  }

  public static RequestBody getBackupInfo(long recordId) {
    return new RequestBody("getBackupInfo", Map.of("backup_id", String.valueOf(recordId)));
  }

  public static RequestBody exportConfiguration(int profile) {
    return new RequestBody("exportConfiguration", Map.of("profile", String.valueOf(profile)));
  }

  /** At most 1 MiB, segments from 1; another chunk size moves only the offset (measured). */
  public static RequestBody download(long recordId, int part, long segment) {
    Map<String, String> parameters = ofPart(recordId, part);
    parameters.put("segment", String.valueOf(segment));
    parameters.put("chunk_size", "1");
    return new RequestBody("download", parameters);
  }

  /** A whole file of an archive, as raw bytes. */
  public static RequestBody downloadDirect(long recordId, int part) {
    return new RequestBody("downloadDirect", ofPart(recordId, part));
  }

  private static Map<String, String> ofPart(long recordId, int part) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("backup_id", String.valueOf(recordId));
    parameters.put("part_id", String.valueOf(part));
    return parameters;
  }

  public static RequestBody delete(long recordId) {
    return new RequestBody("delete", Map.of("backup_id", String.valueOf(recordId)));
  }

  public static RequestBody deleteFiles(long recordId) {
    return new RequestBody("deleteFiles", Map.of("backup_id", String.valueOf(recordId)));
  }

  public static RequestBody importConfiguration(ExportedProfile profile) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("data[description]", profile.description());
    parameters.put("data[configuration]", profile.configuration());
    parameters.put("data[filters]", profile.filters());
    return new RequestBody("importConfiguration", parameters);
  }

  /** What goes over the wire: ASCII only. */
  public String encoded() {
    StringBuilder body = new StringBuilder("method=").append(encode(method));
    parameters.forEach(
        (name, value) -> body.append('&').append(encode(name)).append('=').append(encode(value)));
    return body.toString();
  }

  private static void putText(Map<String, String> parameters, String name, String text) {
    if (text != null && !text.isEmpty()) {
      parameters.put(name, text);
    }
  }

  private static String checked(String override) {
    if (!OVERRIDE.matcher(override).matches()) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION,
          "The override \"%s\" is not the name of a profile setting: letters, digits, dots, dashes and underscores are allowed, as in akeeba.tuning.max_exec_time."
              .formatted(UntrustedText.withoutMarkup(override, 80)));
    }
    return override;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
