package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchiveSegment;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.ExportedProfile;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.ServerVersion;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The bean {@code akeeba-responses}: types a response, or throws {@link AkeebaException}. */
public final class ResponseParser {
  /** What the answer of the call says, in the type of its method. */
  public Object read(@Body Envelope envelope, @Variable("akeeba-call") Call call) {
    return read(call.method(), envelope);
  }

  Object read(String method, Envelope envelope) {
    if (!envelope.success()) {
      throw JsonErrorMapper.of(method, envelope);
    }
    JsonNode data = envelope.data();
    return switch (method) {
      case "startBackup", "stepBackup" -> StepReader.read(object(method, data));
      case "getVersion" -> version(object(method, data));
      case "getProfiles" -> profiles(data);
      case "listBackups" -> records(data);
      case "getBackupInfo" -> new BackupInfo(RecordReader.read(method, object(method, data)), null);
      case "exportConfiguration" -> ExportedProfile.of(data);
      case "download" -> new ArchiveSegment(segment(data), null);
      default -> data;
    };
  }

  private static ServerVersion version(LenientJsonObject fields) {
    String version = fields.text("component");
    if (version.isEmpty()) {
      version = fields.text("version");
    }
    if (version.isEmpty() && fields.wholeNumber("api") == null) {
      throw new AkeebaException(
          ErrorKind.NOT_FOUND,
          "There is no Akeeba Backup API at this address: the answer names no version.");
    }
    return new ServerVersion(
        fields.intCount("api"),
        UntrustedText.withoutMarkup(version, 50),
        UntrustedText.withoutMarkup(fields.text("date"), 50),
        UntrustedText.withoutMarkup(fields.text("edition"), 50));
  }

  private static List<Profile> profiles(JsonNode data) {
    List<Profile> profiles = new ArrayList<>();
    for (LenientJsonObject fields : list("getProfiles", data)) {
      int id = fields.intCount("id");
      if (id == 0) {
        throw outOfOrder("getProfiles", "lists a profile without a number");
      }
      profiles.add(new Profile(id, UntrustedText.withoutMarkup(fields.text("name"), 200)));
    }
    return List.copyOf(profiles);
  }

  /** Newest first; {@code null} says that there are none. */
  private static List<BackupRecord> records(JsonNode data) {
    return data.isNull()
        ? List.of()
        : list("listBackups", data).stream()
            .map(fields -> RecordReader.read("listBackups", fields))
            .toList();
  }

  private static byte[] segment(JsonNode data) {
    try {
      return Base64.getDecoder().decode(data.isTextual() ? data.asText().strip() : "?");
    } catch (IllegalArgumentException e) {
      throw outOfOrder("download", "carries no Base64");
    }
  }

  static AkeebaException outOfOrder(String method, String what) {
    return new AkeebaException(
        ErrorKind.OUT_OF_ORDER, "The site's answer to " + method + " " + what + ".");
  }

  private static LenientJsonObject object(String method, JsonNode data) {
    if (!data.isObject()) {
      throw outOfOrder(method, "carries no object");
    }
    return new LenientJsonObject(data);
  }

  /** PHP writes a list whose numbering has holes as an object. */
  private static List<LenientJsonObject> list(String method, JsonNode data) {
    if (!data.isContainerNode()) {
      throw outOfOrder(method, "carries no list");
    }
    List<LenientJsonObject> entries = new ArrayList<>();
    for (JsonNode entry : data) {
      if (!entry.isObject()) {
        throw outOfOrder(method, "lists something else than objects");
      }
      entries.add(new LenientJsonObject(entry));
    }
    return entries;
  }
}
