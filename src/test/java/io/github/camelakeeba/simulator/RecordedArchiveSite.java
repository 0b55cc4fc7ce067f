package io.github.camelakeeba.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.archive.RealArchive;
import io.github.camelakeeba.simulator.http.HttpListener;
import io.github.camelakeeba.simulator.http.HttpReply;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.net.ServerSocketFactory;

/**
 * A site whose one backup is that of a recording, and whose archive is the real one: the answers of
 * the run as they were, without those that were lost; of the list only the run's own record.
 */
public final class RecordedArchiveSite implements AutoCloseable {
  private static final int MEBIBYTE = 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final boolean joomla;
  private final List<JsonNode> run = new ArrayList<>();
  private final ObjectNode record;
  private final ObjectNode listed;
  private final List<byte[]> parts;
  private final List<RecordedRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private final HttpListener listener;
  private int played;

  private RecordedArchiveSite(RealArchive archive, List<byte[]> parts) {
    this.joomla = archive.name().startsWith("j-");
    this.parts = parts;
    JsonNode exchanges = archive.recording().path("exchanges");
    long last = 0;
    for (JsonNode data : answers(exchanges, "startBackup", "stepBackup")) {
      // of two steps at once one answer, and none of a step that was killed
      if (data.path("stepNumber").asLong() > last || !data.path("HasRun").asBoolean()) {
        last = data.path("stepNumber").asLong();
        run.add(data);
      }
    }
    record = (ObjectNode) answers(exchanges, "getBackupInfo").get(0);
    ObjectNode own = null;
    for (JsonNode row : answers(exchanges, "listBackups").get(0)) {
      own = row.path("id").asLong() == id() ? (ObjectNode) row : own;
    }
    listed = own;
    sizes();
    listener = new HttpListener(ServerSocketFactory.getDefault(), this::answer);
  }

  /** With the archive as it is. */
  public static RecordedArchiveSite of(RealArchive archive) {
    return new RecordedArchiveSite(archive, archive.parts());
  }

  /** With these bytes in the files of the archive, in the order of its bytes. */
  public static RecordedArchiveSite of(RealArchive archive, List<byte[]> parts) {
    return new RecordedArchiveSite(archive, parts);
  }

  /** The same, but it counts so many rows in each table whose dump takes more than a step. */
  public RecordedArchiveSite counting(long rows) {
    for (JsonNode data : run) {
      String substep = data.path("Substep").asText();
      if (substep.contains(" / ")) {
        ((ObjectNode) data).put("Substep", substep.replaceFirst(" / .*", " / " + rows));
      }
    }
    return this;
  }

  /** The same, but no answer tells how many rows a table has. */
  public RecordedArchiveSite countingNothing() {
    run.forEach(data -> ((ObjectNode) data).put("Substep", ""));
    return this;
  }

  private static List<JsonNode> answers(JsonNode exchanges, String... methods) {
    List<JsonNode> answers = new ArrayList<>();
    for (JsonNode exchange : exchanges) {
      if (Arrays.asList(methods).contains(exchange.at("/request/method").asText())
          && exchange.path("http").asInt() == 200) {
        answers.add(exchange.at("/answer/data"));
      }
    }
    return answers;
  }

  /** The record's files and sizes are those of the bytes. */
  private void sizes() {
    ArrayNode files = (ArrayNode) record.path("filenames");
    long total = 0;
    for (int i = 0; i < parts.size(); i++) {
      int size = parts.get(i).length;
      total += size;
      for (JsonNode file : files) {
        if (file.path("part").asInt() == (i == parts.size() - 1 ? 1 : i + 2)) {
          ((ObjectNode) file).put("size", size);
        }
      }
    }
    record.put("total_size", String.valueOf(total));
    listed.put("total_size", String.valueOf(total));
  }

  /** The exact endpoint of the JSON API; any secret is right. */
  public URI url() {
    ProductProfile product = joomla ? ProductProfile.JOOMLA : ProductProfile.WORDPRESS;
    return URI.create("http://127.0.0.1:" + listener.port() + "/" + product.endpoint);
  }

  /** The number of the backup's record. */
  public long id() {
    return record.path("id").asLong();
  }

  /** The profile that the backup was taken with. */
  public int profile() {
    return record.path("profile_id").asInt();
  }

  /** Whether the archive's files are still on the site. */
  public synchronized boolean hasFiles() {
    return !record.path("filenames").isEmpty();
  }

  /** The requests of one API method, in the order of their arrival. */
  public List<RecordedRequest> requests(String method) {
    synchronized (requests) {
      return requests.stream().filter(each -> each.method().equals(method)).toList();
    }
  }

  @Override
  public void close() {
    listener.close();
  }

  private synchronized HttpReply answer(RecordedRequest request) {
    requests.add(request);
    return switch (request.method()) {
      case "getVersion" ->
          data((joomla ? ProductProfile.JOOMLA : ProductProfile.WORDPRESS).version());
      case "getProfiles" -> data(profiles());
      case "startBackup" -> data(run.get(0));
      case "stepBackup" -> ++played < run.size() ? data(run.get(played)) : refused(500);
      case "getBackupInfo" -> data(record);
      case "listBackups" -> data(list());
      case "download" -> segment(request);
      case "downloadDirect" ->
          // not in chunks
          HttpReply.of(200, "application/octet-stream", part(request)).bulk(null);
      case "deleteFiles" -> {
        record.putArray("filenames");
        yield data(JSON.getNodeFactory().booleanNode(true));
      }
      default -> refused(405);
    };
  }

  private JsonNode profiles() {
    ArrayNode profiles = JSON.createArrayNode();
    profiles.addObject().put("id", profile()).put("name", "the profile of the recording");
    return profiles;
  }

  /** Before the run there was nothing. */
  private JsonNode list() {
    ArrayNode list = JSON.createArrayNode();
    return played == 0 ? list : list.add(listed);
  }

  private byte[] part(RecordedRequest request) {
    int part = Integer.parseInt(request.param("part_id"));
    return parts.get(part == 1 ? parts.size() - 1 : part - 2);
  }

  private HttpReply segment(RecordedRequest request) {
    byte[] part = part(request);
    int from = (Integer.parseInt(request.param("segment")) - 1) * MEBIBYTE;
    byte[] piece = Arrays.copyOfRange(part, from, Math.min(part.length, from + MEBIBYTE));
    return data(JSON.getNodeFactory().textNode(Base64.getEncoder().encodeToString(piece)));
  }

  private static HttpReply data(JsonNode data) {
    ObjectNode envelope = JSON.createObjectNode().put("status", 200);
    envelope.set("data", data);
    return json(envelope);
  }

  private static HttpReply refused(int status) {
    return json(JSON.createObjectNode().put("status", status).put("data", "not in the recording"));
  }

  private static HttpReply json(ObjectNode envelope) {
    return HttpReply.of(
        200, "application/json", envelope.toString().getBytes(StandardCharsets.UTF_8));
  }
}
