package io.github.camelakeeba.akeeba.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.ServerVersion;
import io.github.camelakeeba.akeeba.StepAnswer;
import java.util.List;

/** Reads answers as the route {@code akeeba-send} does: without noise, by Jackson, in one type. */
final class ResponseReader {
  private final ResponseParser parser = new ResponseParser();

  private Object read(String method, AkeebaResponse answer) {
    return parser.read(method, EnvelopeFormat.envelope(answer));
  }

  StepAnswer step(AkeebaResponse answer) {
    return (StepAnswer) read(answer.method(), answer);
  }

  ServerVersion version(AkeebaResponse answer) {
    return (ServerVersion) read("getVersion", answer);
  }

  @SuppressWarnings("unchecked")
  List<Profile> profiles(AkeebaResponse answer) {
    return (List<Profile>) read("getProfiles", answer);
  }

  @SuppressWarnings("unchecked")
  List<BackupRecord> records(AkeebaResponse answer) {
    return (List<BackupRecord>) read("listBackups", answer);
  }

  BackupRecord record(AkeebaResponse answer) {
    return ((BackupInfo) read("getBackupInfo", answer)).record();
  }

  /** The data of a method without a type of its own. */
  JsonNode data(AkeebaResponse answer) {
    return read(answer.method(), answer) instanceof JsonNode data ? data : NullNode.instance;
  }
}
