package io.github.camelakeeba.akeeba;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;

/** Reads answers as the route {@code akeeba-send} does: without noise, by Jackson, in one type. */
final class ResponseReader {
  private final AnswerParser parser = new AnswerParser();

  private Object read(String method, Answer answer) {
    String envelope = parser.envelope(answer);
    try {
      return parser.read(method, AnswerParser.mapper().readValue(envelope, Envelope.class));
    } catch (JsonProcessingException e) {
      throw new AssertionError("what was found is no envelope: " + envelope, e);
    }
  }

  StepAnswer step(Answer answer) {
    return (StepAnswer) read(answer.method(), answer);
  }

  ServerVersion version(Answer answer) {
    return (ServerVersion) read("getVersion", answer);
  }

  @SuppressWarnings("unchecked")
  List<Profile> profiles(Answer answer) {
    return (List<Profile>) read("getProfiles", answer);
  }

  @SuppressWarnings("unchecked")
  List<BackupRecord> records(Answer answer) {
    return (List<BackupRecord>) read("listBackups", answer);
  }

  BackupRecord record(Answer answer) {
    return ((BackupInfo) read("getBackupInfo", answer)).record();
  }

  /** The data of a method without a type of its own. */
  JsonNode data(Answer answer) {
    return read(answer.method(), answer) instanceof JsonNode data ? data : NullNode.instance;
  }
}
