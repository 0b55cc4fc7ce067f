package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.ServerVersion;
import io.github.camelakeeba.akeeba.StepAnswer;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Turns what came over HTTP into what it says (protocol page, sections 1, 5 and 7). Every method
 * throws {@link AkeebaException} when the answer is a refusal, is incomplete, or is none at all.
 */
public final class ResponseParser {

  /** The answer of startBackup and stepBackup. */
  public StepAnswer step(AkeebaResponse answer) {
    return StepReader.read(object(answer));
  }

  /** The answer of getVersion. */
  public ServerVersion version(AkeebaResponse answer) {
    LenientJsonObject fields = object(answer);
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

  /** The answer of getProfiles. */
  public List<Profile> profiles(AkeebaResponse answer) {
    List<Profile> profiles = new ArrayList<>();
    for (LenientJsonObject fields : list(answer.method(), data(answer))) {
      int id = fields.intCount("id");
      if (id == 0) {
        throw outOfOrder(answer.method(), "lists a profile without a number");
      }
      profiles.add(new Profile(id, UntrustedText.withoutMarkup(fields.text("name"), 200)));
    }
    return List.copyOf(profiles);
  }

  /** The answer of listBackups, newest first; {@code null} says that there are none. */
  public List<BackupRecord> records(AkeebaResponse answer) {
    JsonNode data = data(answer);
    return data.isNull()
        ? List.of()
        : list(answer.method(), data).stream()
            .map(fields -> RecordReader.read(answer.method(), fields))
            .toList();
  }

  /** The answer of getBackupInfo. */
  public BackupRecord record(AkeebaResponse answer) {
    return RecordReader.read(answer.method(), object(answer));
  }

  /** The bytes of the answer of download; none at the end of a file of whole mebibytes. */
  public byte[] segment(AkeebaResponse answer) {
    JsonNode data = data(answer);
    try {
      return Base64.getDecoder().decode(data.isTextual() ? data.asText().strip() : "?");
    } catch (IllegalArgumentException e) {
      throw outOfOrder(answer.method(), "carries no Base64");
    }
  }

  /** What any other method answers: the {@code data} of a JSON status 200. */
  public JsonNode data(AkeebaResponse answer) {
    ResponseBody body = ResponseBody.of(answer.body());
    boolean delivered = answer.httpStatus() >= 200 && answer.httpStatus() < 300;
    if (body.state() == ResponseBody.State.ENVELOPE) {
      Envelope envelope = Envelope.of(body.value());
      if (!envelope.success()) {
        throw JsonErrorMapper.of(answer.method(), envelope);
      }
      if (delivered) {
        return envelope.data();
      }
    }
    throw delivered ? NonApiResponse.of(answer, body) : HttpErrorMapper.of(answer, body);
  }

  /** Whether this method's answer tells how a running backup goes on. */
  static boolean isStepMethod(String method) {
    return "startBackup".equals(method) || "stepBackup".equals(method);
  }

  static AkeebaException outOfOrder(String method, String what) {
    return new AkeebaException(
        ErrorKind.OUT_OF_ORDER, "The site's answer to " + method + " " + what + ".");
  }

  private LenientJsonObject object(AkeebaResponse answer) {
    JsonNode data = data(answer);
    if (!data.isObject()) {
      throw outOfOrder(answer.method(), "carries no object");
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
